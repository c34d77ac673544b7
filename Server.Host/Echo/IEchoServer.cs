namespace Server.Host.Echo;

/// <summary>One of the lecture's ways to serve many clients. A line, at most 8 KiB, is sent back once it is complete; a
/// longer one in pieces of that size, a last one without its end when the client has half-closed.</summary>
/// <remarks>Each model stands in one file, complete, to be read beside the others: what is the same in two of them is the
/// same to the letter, on purpose.</remarks>
internal interface IEchoServer
{
    /// <summary>Serves until the process ends.</summary>
    void Serve(EchoListener listener);
}
