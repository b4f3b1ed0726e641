using System.Globalization;

namespace AiObs.Soak.Reckoning;

/// <summary>Says where two witnesses do not agree.</summary>
/// <param name="Measure">In what.</param>
/// <param name="Run">In which run; null where only totals can be compared.</param>
/// <param name="Reference">Who is believed.</param>
/// <param name="Expected">How much that one saw.</param>
/// <param name="Witness">Who saw something else.</param>
/// <param name="Actual">How much this one saw.</param>
internal sealed record Difference(Measure Measure, long? Run, string Reference, decimal Expected, string Witness, decimal Actual)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Run is null ? "in all" : $"run {Run}")}: {Measure} is {Expected} in '{Reference}' and {Actual} in '{Witness}'");
}
