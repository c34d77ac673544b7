using System.Text;

namespace Server.Host.Comparing;

/// <summary>What a load asks for.</summary>
/// <param name="Target">The target of the request, such as <c>/index.html</c>.</param>
/// <param name="Content">What the answer has to bring.</param>
internal sealed record Page(string Target, ReadOnlyMemory<byte> Content)
{
    /// <summary>The request, as bytes.</summary>
    public byte[] RequestOf(ConnectionUse use)
    {
        var last = use == ConnectionUse.OneRequest ? "Connection: close\r\n" : "";
        return Encoding.ASCII.GetBytes($"GET {Target} HTTP/1.1\r\nHost: localhost\r\n{last}\r\n");
    }
}
