using System.Diagnostics.Metrics;

namespace AiObs.TestSupport;

/// <summary>One measurement as a listener saw it.</summary>
/// <param name="Instrument">The instrument that was recorded to.</param>
/// <param name="Value">The value, boxed in the instrument's own type.</param>
/// <param name="Tags">The tags of the measurement.</param>
public sealed record CollectedMeasurement(Instrument Instrument, object Value, IReadOnlyDictionary<string, object?> Tags)
{
    /// <summary>Gets the instrument's name.</summary>
    public string Name => Instrument.Name;

    /// <summary>Gets the instrument's unit.</summary>
    public string? Unit => Instrument.Unit;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {ValueText.Of(Value)} {Unit} {ValueText.Of(Tags)}";
}
