extension CultureText {
  static let indian = CultureText(
    weight: 95,
    men: """
      Rahul|Amit|Rajesh|Sanjay|Vijay|Suresh|Ravi|Arun|Anil|Manoj|Sunil|Vikram|Rohit|Arjun|Deepak|Ashok
      Ajay|Vivek|Nikhil|Karthik|Pradeep|Ramesh|Rakesh|Mukesh|Aditya|Gaurav|Abhishek|Siddharth|Harish
      Naveen|Ganesh|Krishna|Mohan|Prakash|Sandeep|Ankit|Varun|Kiran|Venkatesh|Srinivas|Rajiv|Dinesh|Imran
      Mohammed|Faisal|Harpreet|Gurpreet|Manpreet|Balaji|Murali|Sathish|Senthil|Anand|Tarun|Yash|Kunal
      Akash|Pranav|Ishaan|Tejas|Debashis|Sourav|Subramaniam|Chandrasekhar
      """,
    women: """
      Priya|Anjali|Neha|Pooja|Sunita|Kavita|Deepa|Lakshmi|Anita|Divya|Swati|Shreya|Meera|Rekha|Asha|Geeta
      Sneha|Nisha|Ritu|Preeti|Aishwarya|Kavya|Sangeeta|Radha|Usha|Vidya|Shilpa|Jyoti|Rani|Manisha|Rashmi
      Smita|Padma|Sita|Shanti|Ananya|Aditi|Ishita|Nandini|Gayatri|Bhavana|Archana|Madhuri|Savita|Seema
      Leela|Indira|Fatima|Ayesha|Zainab|Harleen|Simran|Jaspreet|Tanvi|Pallavi|Sudha|Revathi|Malini|Chitra
      Uma|Keerthi|Roshni
      """,
    surnames: """
      Kumar|Singh|Sharma|Patel|Gupta|Khan|Das|Reddy|Rao|Verma|Yadav|Jain|Shah|Mehta|Nair|Iyer|Joshi|Mishra
      Pandey|Chowdhury|Agarwal|Banerjee|Mukherjee|Chatterjee|Ghosh|Bose|Sen|Roy|Dutta|Menon|Pillai
      Krishnan|Raman|Naidu|Prasad|Tiwari|Dubey|Trivedi|Desai|Bhatt|Kulkarni|Deshpande|Patil|Jadhav|Pawar
      Shinde|Gaikwad|More|Kaur|Gill|Sidhu|Dhillon|Sandhu|Grewal|Malhotra|Kapoor|Khanna|Chopra|Arora|Bhatia
      Ahuja|Sethi|Saxena|Srivastava|Thakur|Chauhan|Rathore|Rajput|Solanki|Parmar|Chaudhary|Malik|Ansari
      Siddiqui|Qureshi|Sheikh|Hussain|Ahmed|Ali|Fernandes|D'Souza|D’Costa|Pinto|Thomas|George|Varghese
      Kurian|Mathew|Hegde|Shetty|Kamath|Bhat|Gowda|Murthy|Swamy|Subramanian|Venkataraman|Balasubramanian
      Natarajan|Sundaram|Ramachandran|Rajan|Nambiar|Panda|Mohanty
      """,
    rareSurnames: RareText(
      perMille: 130,
      parts: [
        """
        Bal|Chand|Dev|Gan|Har|Jag|Kal|Lak|Mad|Nar|Om|Par|Raj|Sat|Tul|Ud|Vas|Yog|Anant|Bhag|Dhan|Gov|Ind
        Kris|Man|Nil|Prab|Ram|Shiv|Tej|Ven|Vish|Sund|Sur|Kam|Kar|Mur|Pad|Rag|Sen
        """,
        "a|i|u|esh|ar|en|al|an|av|end|it|ok|ap|il|ya|wan",
        """
        kar|wal|wala|nath|das|iah|appa|murthy|swami|gopal|rajan|pathi|giri|dev|ram|lal|bhai|chand|mani
        veer|pur|ekar|nkar|dani|vani|lani|jani|shankar|prakash|krishnan
        """,
      ]),
    secondGivenPerMille: 40,
    countries: "IN|US|GB|AE|SG")
}
