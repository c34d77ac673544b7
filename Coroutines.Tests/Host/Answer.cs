namespace Coroutines.Tests.Host;

/// <summary>What the server answered.</summary>
/// <param name="Head">Status line and field lines, with the empty line.</param>
/// <param name="Content">The bytes behind it.</param>
internal sealed record Answer(string Head, byte[] Content)
{
    public int Status => int.Parse(Head.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
