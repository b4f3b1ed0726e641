using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Workloads;
using BenchmarkDotNet.Attributes;

namespace AiObs.Benchmarks;

/// <summary>Every case of the quick run, with what it is compared with and the bare activity beside it.</summary>
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

    private BareActivity _bare = null!;
    private Comparison _comparison = null!;

    /// <summary>Gets the names of the cases.</summary>
    public static IEnumerable<string> Cases => Comparisons.Keys;

    /// <summary>Gets or sets the case.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _bare = new();
        _comparison = Comparisons[Case]();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _bare.Dispose();
        _comparison.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Bare() => _bare.Run();

    [Benchmark]
    public void Without() => _comparison.Raw.Run();

    [Benchmark]
    public void With() => _comparison.Subject.Run();
}
