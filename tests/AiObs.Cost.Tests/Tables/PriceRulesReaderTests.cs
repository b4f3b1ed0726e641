using System.Globalization;
using System.Text;
using System.Text.Json;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;

namespace AiObs.Cost.Tests.Tables;

public sealed class PriceRulesReaderTests
{
    [Fact]
    public void Read_Rates_KeepsEveryDigitAndTier()
    {
        var rates = Price("""{"input_mtok":{"base":0.1234567890123456789,"tiers":[{"start":200000,"price":1e-7}]},"output_mtok":3}""").Rates;

        Assert.Equal(
            new Dictionary<string, UnitRate>
            {
                ["input_mtok"] = new(0.1234567890123456789m) { Tiers = [new(200_000, 0.0000001m)] },
                ["output_mtok"] = 3,
            },
            rates);
    }

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", 2)]
    [InlineData("2026-01-01T20:00:00Z", 3)]
    [InlineData("2025-12-31T12:00:00Z", 1)]
    public void Read_PricesWithConditions_LastThatHoldsWins(string time, int rate)
    {
        var prices = Schedule("""
            [{"prices":{"input_mtok":1}},
             {"constraint":{"start_date":"2026-01-01","type":"start_date"},"prices":{"input_mtok":2}},
             {"constraint":{"start_time":"18:00:00Z","end_time":"22:00:00Z","type":"time_of_date"},"prices":{"input_mtok":3}}]
            """);

        Assert.Equal(rate, prices.At(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)).Rates["input_mtok"].Base);
    }

    [Fact]
    public void Read_NoConditionHolds_FirstPriceDoes()
    {
        var prices = Schedule("""
            [{"constraint":{"start_date":"2027-01-01"},"prices":{"input_mtok":1}},{"constraint":{"start_date":"2028-01-01"},"prices":{"input_mtok":2}}]
            """);

        Assert.Equal(1, prices.At(DateTimeOffset.UnixEpoch).Rates["input_mtok"].Base);
    }

    [Theory]
    [InlineData("200000", 200_000)]
    [InlineData("0", null)]
    [InlineData("3000000000", null)]
    [InlineData("\"128k\"", null)]
    [InlineData("{\"input\":[1]}", null)]
    public void Read_ContextWindow_KeepsWhatIsANumberOfTokens(string value, int? expected)
    {
        var json = $$$"""[{"id":"p","api_pattern":"x","models":[{"id":"m","context_window":{{{value}}},"match":{"equals":"m"},"prices":{"input_mtok":1}}]}]""";

        Assert.Equal(expected, PriceRulesReader.Read(Encoding.UTF8.GetBytes(json), "v").Providers[0].Models[0].ContextWindow);
    }

    [Fact]
    public void At_SameTime_ReturnsTheSamePrice()
    {
        var prices = Schedule("""[{"prices":{}},{"constraint":{"start_date":"2026-01-01"},"prices":{"input_mtok":2}}]""");

        Assert.Same(prices.At(DateTimeOffset.MaxValue), prices.At(DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("""[{"id":"p","api_pattern":"x","models":[{"id":"m","match":{"like":"m"},"prices":{}}]}]""", "unknown kind \"like\"")]
    [InlineData("""[{"id":"p","api_pattern":"x","models":[{"id":"m","match":{"equals":"m"}}]}]""", "Model m of provider p has no match or no prices")]
    [InlineData("""[{"id":"p","api_pattern":"x","models":[{"id":"m","match":{"equals":"m"},"prices":[]}]}]""", "empty list of prices")]
    [InlineData("""[{"id":"p","models":[{"id":"m","prices":[{"constraint":{"weekday":"1"},"prices":{}}]}]}]""", "unknown constraint \"weekday\"")]
    [InlineData("""[{"id":"p","models":[{"id":"m","prices":[{"constraint":{}}]}]}]""", "has no prices")]
    [InlineData("""[{"models":[]}]""", "provider's id must stand before")]
    [InlineData("""[{"id":"p","models":[{"prices":{}}]}]""", "model's id must stand before")]
    public void Read_DataOfAnotherShape_SaysWhatIsWrong(string json, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => PriceRulesReader.Read(Encoding.UTF8.GetBytes(json), "test 1"));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutOffData_Throws() =>
        Assert.ThrowsAny<JsonException>(() => PriceRulesReader.Read("""[{"id":"p","models":[{"id":"""u8, "test 1"));

    private static ModelPrice Price(string prices) => Schedule(prices).At(DateTimeOffset.UnixEpoch);

    private static PriceSchedule Schedule(string prices)
    {
        var json = $$"""[{"id":"p","api_pattern":"x","models":[{"id":"m","name":"M","match":{"equals":"m"},"context_window":1,"prices":{{prices}}}]}]""";

        return PriceRulesReader.Read(Encoding.UTF8.GetBytes(json), "test 1").Find("m", "p", null).Prices!;
    }
}
