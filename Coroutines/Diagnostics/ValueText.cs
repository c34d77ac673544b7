using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Coroutines.Sockets;

namespace Coroutines.Diagnostics;

/// <summary>A value as text for people.</summary>
/// <remarks>It runs no code of a user's type: a <c>ToString</c> there may throw, take long, or change what is looked at. So
/// values of the framework's plain types and of this library are written out, buffers and strings begin with what they
/// hold, and everything else is its type in braces.</remarks>
internal static class ValueText
{
    private const int MaxBytes = 32;
    private const int MaxCharacters = 64;

    public static string Of(object? value)
    {
        try
        {
            var text = Legible.Escaped(Text(value));
            return text.Length <= Variable.MaxValueLength ? text : text[..(Variable.MaxValueLength - 3)] + "...";
        }
        catch (Exception refused)
        {
            // A socket that was closed, or a value that another thread is changing: the others can be read still.
            return $"(unreadable: {TypeName.Of(refused.GetType())})";
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            char one => $"'{Escape(one, '\'')}'",
            string text => Quote(text, text.Length > MaxCharacters),
            Enum name => name.ToString(),
            byte[] bytes => $"byte[{bytes.Length}]{Contents(bytes)}",
            Memory<byte> memory => Slice(memory),
            ReadOnlyMemory<byte> memory => Slice(memory),
            ArraySegment<byte> memory => Slice(memory.AsMemory()),
            Array array => $"{TypeName.Of(array.GetType().GetElementType()!)}[{Lengths(array)}]",
            Socket socket => $"Socket fd {socket.SafeHandle.DangerousGetHandle()}",
            _ when IsPlain(value.GetType()) => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            IAwaited or Scheduler or SocketSlot or Connection or Listener or Deadline or IDescribed =>
                value.ToString()!,
            ICollection collection when IsFrameworks(value.GetType()) =>
                $"{TypeName.Of(value.GetType())} ({collection.Count})",
            _ => $"{{{TypeName.Of(value.GetType())}}}",
        };

    private static bool IsPlain(Type type) =>
        type.IsPrimitive
        || type == typeof(decimal)
        || type == typeof(Int128)
        || type == typeof(UInt128)
        || type == typeof(Half)
        || type == typeof(TimeSpan)
        || type == typeof(DateTime)
        || type == typeof(DateTimeOffset)
        || type == typeof(DateOnly)
        || type == typeof(TimeOnly)
        || type == typeof(Guid)
        || type == typeof(IPAddress)
        || type == typeof(IPEndPoint);

    private static bool IsFrameworks(Type type) => type.Assembly == typeof(object).Assembly;

    private static string Lengths(Array array) =>
        string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength));

    private static string Slice(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out _)
            ? $"byte[{memory.Length}]{Contents(memory.Span)}"
            : $"byte[{memory.Length}]"; // its owner is somebody's code

    /// <summary>The first bytes, as text; nothing of a buffer that holds zeros alone.</summary>
    private static string Contents(ReadOnlySpan<byte> bytes)
    {
        var used = bytes[..(bytes.LastIndexOfAnyExcept((byte)0) + 1)]; // TrimEnd takes 2 ms a megabyte
        var shown = used[..Math.Min(used.Length, MaxBytes)];
        return shown.IsEmpty ? "" : " " + Quote(Encoding.Latin1.GetString(shown), used.Length > shown.Length);
    }

    private static string Quote(string text, bool goesOn)
    {
        var quoted = new StringBuilder("\"");
        foreach (var one in text.AsSpan(0, Math.Min(text.Length, MaxCharacters)))
            quoted.Append(Escape(one, '"'));
        return quoted.Append('"').Append(goesOn ? "..." : "").ToString();
    }

    private static string Escape(char one, char quote) =>
        one switch
        {
            '\r' => "\\r",
            '\n' => "\\n",
            '\t' => "\\t",
            '\0' => "\\0",
            '\\' => "\\\\",
            _ when one == quote => "\\" + one,
            _ when char.IsControl(one) || char.IsSurrogate(one) => string.Create(
                CultureInfo.InvariantCulture,
                $"\\u{(int)one:x4}"
            ),
            _ => one.ToString(),
        };
}
