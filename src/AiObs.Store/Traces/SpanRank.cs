using System.Globalization;

namespace AiObs.Store.Traces;

/// <summary>Where a span stands among those of its trace of which one gives the trace something: the smallest does.</summary>
/// <param name="IsBelow">Whether spans at the top stand before it, whenever they started.</param>
/// <param name="Ticks">When it started.</param>
/// <param name="SpanId">Its id.</param>
internal readonly record struct SpanRank(bool IsBelow, long Ticks, string SpanId) : IComparable<SpanRank>
{
    private const int TicksStart = 1;
    private const int SpanStart = TicksStart + 19;

    /// <summary>Gets the rank of no span, behind those of all.</summary>
    public static SpanRank Last { get; } = new(IsBelow: true, long.MaxValue, "~");

    public static SpanRank Of(SpanRecord span) => new(IsBelow: false, span.Time.UtcTicks, span.SpanId);

    /// <summary>Reads what <see cref="ToText"/> has written.</summary>
    /// <exception cref="FormatException">The text is none of those.</exception>
    public static SpanRank Parse(string? text) => text is null ? Last
        : text.Length < SpanStart ? throw new FormatException("The rank of a span is too short.")
        : new(text[0] == '1', long.Parse(text.AsSpan(TicksStart, SpanStart - TicksStart), NumberStyles.None, CultureInfo.InvariantCulture), text[SpanStart..]);

    /// <summary>Returns the rank as text; <see langword="null"/> for that of no span.</summary>
    public string? ToText() => this == Last ? null : string.Create(CultureInfo.InvariantCulture, $"{(IsBelow ? 1 : 0)}{Ticks:D19}{SpanId}");

    /// <inheritdoc/>
    public int CompareTo(SpanRank other) =>
        IsBelow != other.IsBelow ? IsBelow.CompareTo(other.IsBelow)
        : Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
        : string.CompareOrdinal(SpanId, other.SpanId);
}
