using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What a comparison came to: medians over rounds in which all its parts took turns.</summary>
internal sealed record Measurement(Comparison Comparison, double Ratio, double BestRatio, double UnitNanoseconds, double Bytes)
{
    private const int Rounds = 201;

    public bool Holds => !(Ratio > Comparison.MaxRatio) && !(Bytes > Comparison.MaxBytes)
        && (!Comparison.MustPassThrough || Comparison.Subject.With.PassesThrough);

    public static Measurement Of(Comparison comparison)
    {
        var subject = Prepare(comparison.Subject);
        var unit = Prepare(comparison.Unit);
        var ratios = new double[Rounds];
        var units = new double[Rounds];
        var bytes = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var own = subject();
            units[round] = unit().Nanoseconds;
            ratios[round] = own.Nanoseconds / units[round];
            bytes[round] = own.Bytes;
        }

        Array.Sort(ratios);
        Array.Sort(units);
        Array.Sort(bytes);
        return new(comparison, ratios[Rounds / 2], ratios[0], units[Rounds / 2], bytes[Rounds / 2]);
    }

    /// <summary>Warms a workload up and finds how many of its runs are worth a measurement.</summary>
    public static int Prepare(Workload workload)
    {
        WarmUp.Run(workload);
        return RunCost.RunsPerSlice(workload);
    }

    private static Func<RunCost> Prepare(Difference difference)
    {
        var (with, without) = (Prepare(difference.With), Prepare(difference.Without));
        return () => RunCost.Of(difference.With, with) - RunCost.Of(difference.Without, without);
    }
}
