using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What a comparison came to: medians over rounds in which all its parts took turns.</summary>
internal sealed record Measurement(Comparison Comparison, double Ratio, double BestRatio, double Bytes)
{
    private const int Rounds = 201;

    public bool Holds => !(Ratio > Comparison.MaxRatio) && !(Bytes > Comparison.MaxBytes)
        && (!Comparison.MustPassThrough || Comparison.Subject.PassesThrough);

    public static Measurement Of(Comparison comparison, Workload unit)
    {
        var (units, subjects) = (Prepare(unit), Prepare(comparison.Subject));
        var raws = Prepare(comparison.Raw);
        var ratios = new double[Rounds];
        var bytes = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var own = RunCost.Of(comparison.Subject, subjects) - RunCost.Of(comparison.Raw, raws);
            ratios[round] = own.Nanoseconds / RunCost.Of(unit, units).Nanoseconds;
            bytes[round] = own.Bytes;
        }

        Array.Sort(ratios);
        Array.Sort(bytes);
        return new(comparison, ratios[Rounds / 2], ratios[0], bytes[Rounds / 2]);
    }

    /// <summary>Warms a workload up and finds how many of its runs are worth a measurement.</summary>
    public static int Prepare(Workload workload)
    {
        WarmUp.Run(workload);
        return RunCost.RunsPerSlice(workload);
    }
}
