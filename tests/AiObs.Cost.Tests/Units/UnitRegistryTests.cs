using System.Numerics;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Units;

public sealed class UnitRegistryTests
{
    private readonly UnitRegistry _registry = UnitRegistry.Default;

    [Fact]
    public void All_EmbeddedData_HasEveryUnitInTheOrderOfLines()
    {
        var units = _registry.All;

        Assert.Equal(59, units.Count);
        Assert.Equal(["input_characters", "input_document_pages"], units.Take(2).Select(static unit => unit.UsageKey));
        Assert.Equal(
            [CostDirection.Input, CostDirection.Output, CostDirection.None], units.Select(static unit => unit.Direction).Distinct());
        Assert.All(units, (unit, index) => Assert.Equal(index, unit.Index));
    }

    [Fact]
    public void FindByPriceKey_KnownKey_FindsUnitWithDivisorAndDirection()
    {
        var unit = _registry.FindByPriceKey("audio_hours");

        Assert.NotNull(unit);
        Assert.Equal(("audio_seconds", 3_600, CostDirection.None), (unit.UsageKey, unit.Per, unit.Direction));
    }

    [Fact]
    public void Containers_UnitOfThreeKinds_AreAllUnitsWithFewerOfItsDimensions()
    {
        var unit = _registry.FindByUsageKey("cache_audio_write_1h_tokens")!;

        var containers = _registry.All.Where(container => (unit.Containers & container.Bit) != 0).Select(static container => container.UsageKey);

        Assert.Equal(["input_tokens", "cache_write_tokens", "input_audio_tokens", "cache_audio_write_tokens", "cache_write_1h_tokens"], containers);
    }

    [Fact]
    public void Parts_AnyUnit_ContainItInTurn()
    {
        foreach (var unit in _registry.All)
        {
            for (var parts = unit.Parts; parts != 0; parts &= parts - 1)
            {
                var part = _registry[BitOperations.TrailingZeroCount(parts)];
                Assert.True((part.Containers & unit.Bit) != 0, $"{part.UsageKey} in {unit.UsageKey}");
            }
        }
    }

    [Theory]
    [InlineData("cache_read_tokens", "input_audio_tokens", "cache_audio_read_tokens")]
    [InlineData("cache_read_tokens", "cache_write_tokens", null)]
    [InlineData("input_tokens", "output_tokens", null)]
    [InlineData("input_tokens", "cache_read_tokens", "cache_read_tokens")]
    public void FindOverlap_TwoUnits_IsWhatIsBoth(string first, string second, string? overlap) =>
        Assert.Equal(overlap, _registry.FindOverlap(_registry.FindByUsageKey(first)!, _registry.FindByUsageKey(second)!)?.UsageKey);

    [Theory]
    [InlineData("input_tokens", true)]
    [InlineData("audio_seconds", true)]
    [InlineData("web_searches", false)]
    [InlineData("requests", false)]
    public void MeasuresContent_Unit_TellsContentFromEvents(string usageKey, bool measures) =>
        Assert.Equal(measures, _registry.FindByUsageKey(usageKey)!.MeasuresContent);

    [Fact]
    public void Constructor_MoreUnitsThanBits_SaysSo()
    {
        var definitions = Enumerable.Range(0, 65).Select(static number =>
            new UnitDefinition($"unit{number}", $"unit{number}", 1, "family", CostDirection.None, 0));

        var exception = Assert.Throws<InvalidDataException>(() => new UnitRegistry(definitions));

        Assert.Equal("The unit registry has 65 units; sets of units are kept in 64 bits.", exception.Message);
    }
}
