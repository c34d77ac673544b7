using Server.Host;

return new CommandLine(WebServer.Run).Run(args);
