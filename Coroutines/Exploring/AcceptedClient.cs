namespace Coroutines.Exploring;

/// <summary>The result of <c>accept</c>: a variable of who calls it.</summary>
public sealed class AcceptedClient
{
    internal const int Interrupted = -4;

    /// <summary>The descriptor; negative: an error.</summary>
    public int Descriptor { get; internal set; }

    /// <summary>Whether a signal was handled meanwhile (EINTR).</summary>
    public bool WasInterrupted => Descriptor == Interrupted;

    /// <summary>Whether the table of descriptors was full (EMFILE).</summary>
    public bool FoundTableFull => Descriptor == DescriptorTable.Full;
}
