Console.WriteLine("Server.Host");
