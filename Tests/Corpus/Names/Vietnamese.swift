extension CultureText {
  static let vietnamese = CultureText(
    weight: 30,
    men: """
      Văn Hùng|Minh|Tuấn|Dũng|Hùng|Nam|Anh Tuấn|Quang|Long|Đức|Hải|Thành|Sơn|Việt|Hoàng|Phúc|Khánh|Bảo|Huy
      Khoa|Đạt|Thắng|Trung|Cường|Kiên|Tùng|Tâm|Phong|Quốc Bảo|Minh Đức|Văn Thành|Hữu Phước|Đình Phong
      Công Danh|Xuân Trường|Ngọc Sơn|Thanh Tùng|Nhật Minh|Gia Huy|Hoàng Long|Trọng Nghĩa|Tiến Dũng|Văn Nam
      Quang Hải|Mạnh|Vinh|Lâm|Duy|Hiếu|Khang|Phát|Thịnh|Lộc|Toàn|Tú|Vũ|Bình|An|Thiện|Triết|Hậu|Đăng Khoa
      """,
    women: """
      Thị Hoa|Lan|Hương|Linh|Trang|Thảo|Hằng|Nga|Mai|Thu|Hà|Ngọc|Phương|Thúy|Yến|Hạnh|Dung|Loan|Hiền|Oanh
      Vân|Tuyết|Bích Ngọc|Thanh Hương|Thùy Linh|Minh Châu|Ngọc Anh|Thu Hà|Phương Thảo|Kim Ngân|Mỹ Linh
      Quỳnh Anh|Diệu Linh|Khánh Linh|Bảo Châu|Cẩm Tú|Hồng Nhung|Lan Anh|Như Quỳnh|Thanh Trúc|Tường Vi
      Xuân Mai|Ánh|Chi|Đào|Giang|Huệ|Khuê|Ly|My|Nhi|Nhung|Phượng|Quyên|Quỳnh|Thơ|Thủy|Trâm|Trinh|Uyên|Vy
      Ý Nhi
      """,
    surnames: """
      Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Nguyen|Tran|Le|Pham|Đinh
      Trịnh|Mai|Trương|Lâm|Đoàn|Phùng|Tô|Hà|Cao|Lương|Châu|Tạ|Thái|Vương|Quách|Tăng|Kiều|La|Lưu|Triệu|Mạc
      Nghiêm|Chu|Bạch|Đào|Giang|Hứa|Khổng|Kim|Lục|Mã|Ninh|Ông|Quan|Sơn|Thạch|Tiêu|Tống|Từ|Ứng|Văn|Viên|Vi
      Xa|Yên|An|Bế|Cù|Danh|Diệp|Đàm|Đồng|Đường|Hàn|Hạ|Lại|Nông|Phí|Tôn Thất|Tôn Nữ|Hoàng Phủ|Nguyễn Phúc
      """,
    secondSurnamePerMille: 5,
    secondSurnameJoiner: " ",
    titles: """
      Lập trình viên|Kế toán trưởng|Nhân viên bán hàng|Y tá|Giám đốc dự án|Kỹ sư phần mềm
      Giáo viên tiếng Anh
      """,
    countries: "VN|US|AU|FR")
}
