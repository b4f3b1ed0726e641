namespace AiObs.Benchmarks.Quick;

/// <summary>All ceilings in a few minutes and one process; exits with 1 when one does not hold.</summary>
internal static class QuickRun
{
    public static int Execute(TextWriter output, IEnumerable<Func<Comparison>> comparisons)
    {
        output.WriteLine($"{"case",-66} {"unit, ns",8} {"ratio",7} {"(best)",8} {"ceiling",8} {"goal",6} {"bytes",8} {"ceiling",8}");
        var holds = true;
        foreach (var make in comparisons)
        {
            using var comparison = make();
            var measured = Measurement.Of(comparison);
            holds &= measured.Holds;
            output.WriteLine(
                $"{comparison.Name,-66} {measured.UnitNanoseconds,8:F0} {measured.Ratio,7:F2} {measured.BestRatio,8:F2} {comparison.MaxRatio,8:F2} {comparison.Goal,6:F2} "
                + $"{measured.Bytes,8:F0} {comparison.MaxBytes,8:F0}  {(measured.Holds ? "holds" : "DOES NOT HOLD")}");
        }

        output.WriteLine();
        output.WriteLine(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }
}
