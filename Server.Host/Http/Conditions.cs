namespace Server.Host.Http;

/// <summary>Evaluates the conditions of a request against the representation it would get (RFC 9110, section
/// 13).</summary>
/// <remarks>To be asked only where the answer without conditions would be a success (section 13.2.1). A malformed date,
/// and one that is given on several lines, is ignored.</remarks>
internal static class Conditions
{
    // A file that changed within a second of being looked at may change again in that second, with the same date
    // (section 8.8.2.2).
    private static readonly TimeSpan StrongDateAge = TimeSpan.FromSeconds(1);

    /// <summary>Evaluates the four preconditions in the order of section 13.2.2.</summary>
    /// <param name="request">A complete request.</param>
    /// <param name="tag">The representation's tag; the default if it has none.</param>
    /// <param name="lastModified">When it was modified; null if that is unknown. Parts of a second don't count.</param>
    /// <param name="clock">Decides the century of two-digit years.</param>
    public static ConditionResult Evaluate(
        Request request,
        EntityTag tag,
        DateTimeOffset? lastModified,
        TimeProvider clock
    )
    {
        if (!MayTouch(request, tag, lastModified, clock))
            return ConditionResult.PreconditionFailed;
        if (!IsKnown(request, tag, lastModified, clock))
            return ConditionResult.Proceed;
        return IsRead(request) ? ConditionResult.NotModified : ConditionResult.PreconditionFailed;
    }

    /// <summary>Whether the Range field counts: there is no If-Range, or it names exactly this representation (section
    /// 13.1.5).</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    public static bool AllowRange(Request request, EntityTag tag, DateTimeOffset? lastModified, TimeProvider clock)
    {
        if (!request.Has(KnownField.IfRange))
            return true;
        if (!request.TryGetField(KnownField.IfRange, out var value))
            return false;
        if (EntityTag.Measure(value) is > 0 and var length)
            return length == value.Length && tag.Equals(value, TagComparison.Strong);
        var now = clock.GetUtcNow();
        return lastModified is { } modified
            && HttpDate.TryParse(value, now, out var date)
            && WholeSeconds(modified) == date
            && now - date >= StrongDateAge;
    }

    // Steps 1 and 2: If-Match, and only without it If-Unmodified-Since.
    private static bool MayTouch(Request request, EntityTag tag, DateTimeOffset? lastModified, TimeProvider clock)
    {
        if (request.Has(KnownField.IfMatch))
            return Matches(request, KnownField.IfMatch, tag, TagComparison.Strong);
        return !TryGetDate(request, KnownField.IfUnmodifiedSince, lastModified, clock, out var date)
            || WholeSeconds(lastModified!.Value) <= date;
    }

    // Steps 3 and 4: If-None-Match, and only without it If-Modified-Since.
    private static bool IsKnown(Request request, EntityTag tag, DateTimeOffset? lastModified, TimeProvider clock)
    {
        if (request.Has(KnownField.IfNoneMatch))
            return Matches(request, KnownField.IfNoneMatch, tag, TagComparison.Weak);
        return IsRead(request)
            && TryGetDate(request, KnownField.IfModifiedSince, lastModified, clock, out var date)
            && WholeSeconds(lastModified!.Value) <= date;
    }

    private static bool IsRead(Request request) => request.Method is Method.Get or Method.Head;

    private static bool Matches(Request request, KnownField field, EntityTag tag, TagComparison comparison) =>
        IsAny(request, field) || EntityTagList.Contains(request.ValuesOf(field), tag, comparison);

    // '*' stands for whatever there is, and stands alone.
    private static bool IsAny(Request request, KnownField field) =>
        request.TryGetField(field, out var value) && value is [(byte)'*'];

    private static bool TryGetDate(
        Request request,
        KnownField field,
        DateTimeOffset? lastModified,
        TimeProvider clock,
        out DateTimeOffset date
    )
    {
        date = default;
        return lastModified is not null
            && request.TryGetField(field, out var value)
            && HttpDate.TryParse(value, clock.GetUtcNow(), out date);
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
