namespace Server.Host;

/// <summary>The server can't start, for a reason that its user can mend. The message is the whole answer.</summary>
internal sealed class StartException(string message) : Exception(message);
