using AiObs.Cost.Budgets;
using Microsoft.Extensions.Configuration;

namespace AiObs.Cost.Tests.Budgets;

public sealed class BudgetConfigurationTests
{
    [Fact]
    public void Bind_Section_SetsEveryOption()
    {
        var budgets = Section(
            ("0:Name", "batch"),
            ("0:Scope", "Tag"),
            ("0:Tag", "nightly"),
            ("0:ModelPrefix", "gpt-4"),
            ("0:Limit", "12.50"),
            ("0:TokenLimit", "2000000"),
            ("0:Window", "Rolling"),
            ("0:Period", "7.00:00:00"),
            ("0:Mode", "Warn"),
            ("0:EndStreams", "true"),
            ("0:RefuseUnpriced", "true"),
            ("1:Name", "daily"),
            ("1:TimeZone", "Europe/Berlin")).Get<List<Budget>>();

        Assert.Equivalent(
            new Budget[]
            {
                new()
                {
                    Name = "batch",
                    Scope = BudgetScope.Tag,
                    Tag = "nightly",
                    ModelPrefix = "gpt-4",
                    Limit = 12.50m,
                    TokenLimit = 2_000_000,
                    Window = BudgetWindow.Rolling,
                    Period = TimeSpan.FromDays(7),
                    Mode = BudgetMode.Warn,
                    EndStreams = true,
                    RefuseUnpriced = true,
                },
                new() { Name = "daily", TimeZone = "Europe/Berlin" },
            },
            budgets,
            strict: true);
    }

    [Fact]
    public void Bind_ReservationsAndBurnRate_SetsEveryOption()
    {
        var section = Section(
            ("DefaultOutputTokens", "10"),
            ("HighestOutputTokens", ""),
            ("Lifetime", "00:01:00"),
            ("KeyCapacity", "5"),
            ("StreamEndTimeout", "00:00:01"),
            ("FastWindow", "00:01:00"),
            ("SlowWindow", "00:10:00"),
            ("FastThreshold", "5.5"),
            ("SlowThreshold", "2.5"));

        Assert.Equivalent(
            new ReservationOptions
            {
                DefaultOutputTokens = 10,
                HighestOutputTokens = null,
                Lifetime = TimeSpan.FromMinutes(1),
                KeyCapacity = 5,
                StreamEndTimeout = TimeSpan.FromSeconds(1),
            },
            section.Get<ReservationOptions>(),
            strict: true);
        Assert.Equivalent(
            new BurnRateOptions
            {
                FastWindow = TimeSpan.FromMinutes(1),
                SlowWindow = TimeSpan.FromMinutes(10),
                FastThreshold = 5.5,
                SlowThreshold = 2.5,
            },
            section.Get<BurnRateOptions>(),
            strict: true);
    }

    [Theory]
    [InlineData(500, 500, 500L)]
    [InlineData(null, 1_024, 16_384L)]
    public void OutputTokens_RequestWithAndWithoutALimit_AreWhatIsExpectedAndTheMost(int? requested, long estimated, long? highest) =>
        Assert.Equal((estimated, highest), new ReservationOptions().OutputTokens(requested));

    [Fact]
    public void OutputTokens_Options_DecideForRequestsWithoutALimit() =>
        Assert.Equal((7, null), new ReservationOptions { DefaultOutputTokens = 7, HighestOutputTokens = null }.OutputTokens(null));

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(static pair => KeyValuePair.Create("s:" + pair.Key, (string?)pair.Value)))
        .Build()
        .GetSection("s");
}
