using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Holds the queries of the pages on metrics to what is really measured.</summary>
public sealed partial class MetricRecipesTests
{
    private static readonly string[] Pages = ["docs/concepts/metric-recipes.md", "docs/concepts/metrics.md"];

    [Fact]
    public async Task Names_OfTheTable_AreThoseOfTheInstruments()
    {
        var measured = await MeasuredMetrics.RecordAsync();

        var rows = PageOf(Pages[0]).Prose.Select(static line => NameRow().Match(line)).Where(static row => row.Success).ToList();

        Assert.NotEmpty(rows);
        Assert.Equal(
            rows.Select(row => measured.Instruments.GetValueOrDefault(row.Groups[1].Value) is { } found
                ? (found.Name, MeasuredMetrics.KindOf(found), found.Unit, MeasuredMetrics.PrometheusNameOf(found))
                : ("no such instrument", "", "", "")),
            rows.Select(static row => (row.Groups[1].Value, row.Groups[2].Value, (string?)row.Groups[3].Value, row.Groups[4].Value)));
    }

    [Fact]
    public async Task Recipes_InGeneralForm_NameMetricsWithTheTagsThatTheyHave()
    {
        var measured = await MeasuredMetrics.RecordAsync();

        var rows = PageOf(Pages[0]).Prose.Select(static line => RecipeRow().Match(line)).Where(static row => row.Success).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var tags = DottedName().Matches($"{row.Groups[2].Value} {row.Groups[3].Value}").Select(static name => name.Groups[1].Value).ToList();
            Assert.NotEmpty(tags);
            Assert.Subset(measured.Tags[row.Groups[1].Value], tags.ToHashSet());
        });
    }

    [Fact]
    public async Task Queries_InPromQL_NameSeriesAndLabelsThatExist()
    {
        var measured = await MeasuredMetrics.RecordAsync();

        var blocks = Pages.SelectMany(static page => PageOf(page).Blocks.Where(static block => block.Body.Any(static line => line.Contains("rate(", StringComparison.Ordinal))
            || block.Language is "promql" or "yaml")).ToList();

        Assert.True(blocks.Count > 10);
        Assert.Empty(blocks.SelectMany(block => PromQL.Violations(string.Join('\n', block.Body), measured)));
    }

    [Fact]
    public async Task Names_InTheProse_AreThoseOfMetricsSeriesOrTags()
    {
        var measured = await MeasuredMetrics.RecordAsync();
        var known = measured.Instruments.Keys
            .Concat(measured.Tags.Values.SelectMany(static tags => tags))
            .Concat(measured.Tags.Values.SelectMany(static tags => tags).Select(static tag => tag.Replace('.', '_')))
            .Concat(PromQL.SeriesOf(measured).Keys)
            .ToHashSet(StringComparer.Ordinal);

        var named = PageOf(Pages[0]).Prose.SelectMany(static line => AnyName().Matches(line)).Select(static name => name.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Theory]
    [InlineData("sum(rate(gen_ai_client_token_usage_sum[5m])) by (gen_ai_request_model)", null)]
    [InlineData("sum(rate(gen_ai_client_token_usage_total[5m]))", "gen_ai_client_token_usage_total is no series")]
    [InlineData("sum(rate(gen_ai_client_token_usage_sum[5m])) by (gen_ai_tool_name)", "gen_ai_tool_name is no label")]
    [InlineData("sum(rate(aiobs_cost_total{error_type=\"\"}[5m]))", "error_type is no label")]
    [InlineData("sum(rate(aiobs_costs_total[5m]))", "aiobs_costs_total is no series")]
    public async Task Violations_OfAQuery_TellWhatIsNotThere(string query, string? expected)
    {
        var violations = PromQL.Violations(query, await MeasuredMetrics.RecordAsync()).ToList();

        if (expected is null)
        {
            Assert.Empty(violations);
        }
        else
        {
            Assert.StartsWith(expected, Assert.Single(violations), StringComparison.Ordinal);
        }
    }

    private static MarkdownPage PageOf(string path) => new(Repository.Files(".md", path).Single());

    [GeneratedRegex("^\\| `([a-z_.]+)` \\| (counter|histogram) \\| `([^`]+)` \\| `([a-z_]+)` \\|$")]
    private static partial Regex NameRow();

    [GeneratedRegex("^\\| [^|]+ \\| `([a-z_.]+)` \\| ([^|]+) \\| (`[^|]+`) \\|$")]
    private static partial Regex RecipeRow();

    [GeneratedRegex("`([a-z_]+\\.[a-z_.]+)`")]
    private static partial Regex DottedName();

    [GeneratedRegex("`((?:gen_ai|aiobs|error|server)[._][a-z_.]+)`")]
    private static partial Regex AnyName();
}
