namespace Server.Host.Files;

/// <summary>A stay in the served folder: its way is gone once, however much is looked up.</summary>
/// <remarks>Owned by a <c>using</c> in one method; visits may be nested.</remarks>
internal readonly struct Visit : IDisposable
{
    private readonly IFileRoot root;

    /// <exception cref="IOException">As for <see cref="IFileRoot.Locate"/>.</exception>
    public Visit(IFileRoot root)
    {
        root.Enter();
        this.root = root;
    }

    public void Dispose() => root.Leave();
}
