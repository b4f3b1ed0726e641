
namespace AiObs.Tests;

public sealed class BoundedCacheTests
{
    private readonly BoundedCache<int, string> _cache = new(generationSize: 10);

    [Fact]
    public void Find_KeptValue_IsTheSameInstance()
    {
        var value = new string('v', 3);
        _cache.Add(1, value);

        Assert.Same(value, _cache.Find(1));
        Assert.Null(_cache.Find(2));
    }

    [Fact]
    public void Add_MoreThanTwoGenerations_DropsTheOldestOne()
    {
        Fill(0, 25);

        Assert.All(Enumerable.Range(0, 10), key => Assert.Null(_cache.Find(key)));
        Assert.All([10, 20, 24], key => Assert.NotNull(_cache.Find(key)));
    }

    [Fact]
    public void Find_ValueOfTheOlderGeneration_KeepsItForAnotherOne()
    {
        Fill(0, 12);
        Assert.NotNull(_cache.Find(3));

        Fill(12, 20);

        Assert.NotNull(_cache.Find(3));
        Assert.Null(_cache.Find(4));
    }

    [Fact]
    public void Add_ManyThreads_KeepsTheBound()
    {
        Parallel.For(0, 10_000, key =>
        {
            _cache.Add(key, "value");
            _cache.Find(key / 2);
        });

        Assert.InRange(Enumerable.Range(0, 10_000).Count(key => _cache.Find(key) is not null), 1, 20);
    }

    private void Fill(int from, int to)
    {
        for (var key = from; key < to; key++)
        {
            _cache.Add(key, $"value {key}");
        }
    }
}
