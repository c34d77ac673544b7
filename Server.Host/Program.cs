using Server.Host;
using Server.Host.Models;

return ChildCommand.TryRun(args) ?? new CommandLine(WebServer.Run).Run(args);
