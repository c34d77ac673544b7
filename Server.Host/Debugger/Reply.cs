namespace Server.Host.Debugger;

/// <summary>What is answered to a command.</summary>
/// <param name="Text">A sentence, or a few lines.</param>
/// <param name="IsRefusal">Whether the command was wrong: then the text names the rule, and an example.</param>
/// <param name="Client">The number of the client that was started, if one was.</param>
internal readonly record struct Reply(string Text, bool IsRefusal = false, int? Client = null)
{
    public static Reply Refused(string text) => new(text, IsRefusal: true);
}
