using System.Text;

namespace Coroutines.Tests.Host;

/// <summary>What a program left.</summary>
internal sealed record ToolResult(int ExitCode, byte[] Output, string Errors)
{
    public string Text => Encoding.UTF8.GetString(Output);
}
