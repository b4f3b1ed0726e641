namespace AiObs.Dashboard.Charts;

/// <summary>An axis from zero up, with ticks at round numbers.</summary>
/// <param name="Top">The value at its end.</param>
/// <param name="Ticks">Where it has lines, zero and the end included.</param>
internal sealed record AxisScale(double Top, IReadOnlyList<double> Ticks)
{
    private const int Parts = 4;

    /// <summary>Returns the axis for values up to a greatest one, with steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static AxisScale To(double greatest)
    {
        if (!double.IsFinite(greatest) || greatest <= 0)
        {
            return new(1, [0]);
        }

        var raw = greatest / Parts;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 2.5 => 2.5,
            <= 5 => 5,
            _ => 10,
        });

        // What stands on a tick must not be pushed beyond it by the last bit.
        var count = (int)Math.Ceiling((greatest / step) - 1e-9);
        return new(step * count, [.. Enumerable.Range(0, count + 1).Select(tick => step * tick)]);
    }

    /// <summary>Returns what part of the axis a value takes: 0 below it, 1 at its end.</summary>
    public double PartOf(double value) => Math.Clamp(value / Top, 0, 1);
}
