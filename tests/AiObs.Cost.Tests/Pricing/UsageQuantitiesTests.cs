namespace AiObs.Cost.Tests.Pricing;

public sealed class UsageQuantitiesTests
{
    [Fact]
    public void All_AnyOrder_IsInputThenOutputThenOthers()
    {
        UsageQuantity[] given = [new("web_searches", 1), new("output_tokens", 2), new("cache_read_tokens", 3), new("input_tokens", 4)];

        var usage = new UsageQuantities(given);

        Assert.Equal([new("input_tokens", 4), new("cache_read_tokens", 3), new("output_tokens", 2), new("web_searches", 1)], usage.All);
        Assert.Equal(new("web_searches", 1), given[0]);
    }

    [Fact]
    public void Indexer_Unit_TellsZeroFromUnknown()
    {
        var usage = new UsageQuantities([new("input_tokens", 7), new("output_tokens", 0)]);

        Assert.Equal((7m, 0m, null), (usage["input_tokens"], usage["output_tokens"], usage["cache_read_tokens"]));
    }

    [Fact]
    public void Constructor_UnknownKey_SaysWhatMayBeMeant()
    {
        var exception = Assert.Throws<ArgumentException>("quantities", static () => new UsageQuantities([new("input_token", 1)]));

        Assert.StartsWith("The usage key \"input_token\" is unknown. Did you mean \"input_tokens\"?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_KeyTwice_SaysWhatToDo()
    {
        var exception = Assert.Throws<ArgumentException>(
            "quantities", static () => new UsageQuantities([new("input_tokens", 1), new("input_tokens", 2)]));

        Assert.StartsWith("The usage key \"input_tokens\" stands there twice; add its quantities up.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_Null_Throws() => Assert.Throws<ArgumentNullException>("quantities", static () => new UsageQuantities(null!));

    [Fact]
    public void Equals_SameQuantities_WhateverTheOrder()
    {
        var usage = new UsageQuantities([new("input_tokens", 1), new("output_tokens", 2)]);
        var same = new UsageQuantities(new List<UsageQuantity> { new("output_tokens", 2.0m), new("input_tokens", 1) });

        Assert.Equal(usage, same);
        Assert.Equal(usage.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(usage, new([new("input_tokens", 1), new("output_tokens", 3)]));
        Assert.NotEqual(usage, UsageQuantities.Empty);
    }
}
