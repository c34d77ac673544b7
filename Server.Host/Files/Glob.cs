// All positions that a path can be read to are kept, token by token: so no pattern takes more steps than its length times
// the path's.
using System.Text;

namespace Server.Host.Files;

/// <summary>A pattern for the paths of files: <c>*.css</c>, <c>/assets/**</c>.</summary>
/// <remarks>
/// <para><c>?</c> is one character, <c>*</c> any number of them, both without '/'; <c>**</c> is any number with '/', and
/// <c>**/</c> also no folder at all. All else stands for itself, in its case.</para>
/// <para>A pattern without '/' is compared with the name of the file, in whichever folder; one with '/' with the whole path
/// from the root.</para>
/// </remarks>
internal sealed class Glob
{
    private readonly bool isOfName;
    private readonly List<Token> tokens = [];

    private enum Kind
    {
        Literal,
        One,
        Star,
        DoubleStar,
        Folders,
    }

    /// <param name="pattern">Not empty.</param>
    public Glob(string pattern)
    {
        isOfName = !pattern.Contains('/', StringComparison.Ordinal);
        if (!isOfName && pattern[0] != '/')
            pattern = "/" + pattern;
        var rest = Encoding.UTF8.GetBytes(pattern).AsSpan();
        while (!rest.IsEmpty)
        {
            var token = Read(rest, out var length);
            tokens.Add(token);
            rest = rest[length..];
        }
    }

    /// <param name="path">The path of a file without its leading slash, in UTF-8.</param>
    public bool Matches(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> text = isOfName ? path[(path.LastIndexOf((byte)'/') + 1)..] : [(byte)'/', .. path];
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        foreach (var token in tokens)
            reached = Step(token, text, reached);
        return reached[^1];
    }

    private static Token Read(ReadOnlySpan<byte> rest, out int length)
    {
        (var token, length) = rest switch
        {
            [(byte)'*', (byte)'*', (byte)'/', ..] => (new Token(Kind.Folders), 3),
            [(byte)'*', (byte)'*', ..] => (new Token(Kind.DoubleStar), 2),
            [(byte)'*', ..] => (new Token(Kind.Star), 1),
            [(byte)'?', ..] => (new Token(Kind.One), 1),
            _ => (new Token(Kind.Literal, rest[0]), 1),
        };
        return token;
    }

    private static bool[] Step(Token token, ReadOnlySpan<byte> text, bool[] reached)
    {
        var next = new bool[reached.Length];
        var isOpen = false;
        for (var i = 0; i < reached.Length; i++)
        {
            var wasOpen = isOpen;
            isOpen |= reached[i];
            switch (token.Kind)
            {
                case Kind.Star or Kind.DoubleStar:
                    next[i] = isOpen;
                    isOpen &= token.Kind == Kind.DoubleStar || i == text.Length || text[i] != (byte)'/';
                    break;
                case Kind.Folders:
                    next[i] = reached[i] || (wasOpen && text[i - 1] == (byte)'/');
                    break;
                case Kind.One when reached[i] && i < text.Length && text[i] != (byte)'/':
                    next[i + LengthOfCharacter(text[i..])] = true;
                    break;
                case Kind.Literal when reached[i] && i < text.Length && text[i] == token.Literal:
                    next[i + 1] = true;
                    break;
            }
        }
        return next;
    }

    private static int LengthOfCharacter(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out _, out var length);
        return length;
    }

    private readonly record struct Token(Kind Kind, byte Literal = 0);
}
