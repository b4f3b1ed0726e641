using AiObs.Benchmarks.Quick;
using BenchmarkDotNet.Attributes;

namespace AiObs.Benchmarks;

/// <summary>Every case of the quick run, with the unit that it is measured in beside it.</summary>
[MemoryDiagnoser]
public class CallBenchmarks : IDisposable
{
    private static readonly Dictionary<string, Func<Comparison>> Comparisons = Quick.Comparisons.All
        .Concat(BridgeComparisons.All)
        .ToDictionary(static make =>
        {
            using var comparison = make();
            return comparison.Name;
        });

    private Comparison _comparison = null!;

    /// <summary>Gets the names of the cases.</summary>
    public static IEnumerable<string> Cases => Comparisons.Keys;

    /// <summary>Gets or sets the case.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _comparison = Comparisons[Case]();

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _comparison.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Unit() => _comparison.Unit.With.Run();

    [Benchmark]
    public void UnitWithout() => _comparison.Unit.Without.Run();

    [Benchmark]
    public void With() => _comparison.Subject.With.Run();

    [Benchmark]
    public void Without() => _comparison.Subject.Without.Run();
}
