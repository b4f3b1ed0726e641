using System.Text.RegularExpressions;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample to see what it costs.</summary>
public sealed partial class CostTests
{
    private const string Receipts = """
        4 spans, tokens: 1,230 in (480 cached), 51 out (9 reasoning), cost: $0.003519.

        ── Receipts ────────────────────────────────────────────────────────────────────────────────────────

        chat claude-sonnet-4-5, span ################
        rule    claude-sonnet-4-5 (anthropic)
        prices  table, genai-prices 0.1.8

        unit                quantity  rate        per      USD
        input_tokens              90     3  1,000,000  0.00027
        cache_write_tokens       480  3.75  1,000,000  0.00180
        output_tokens             24    15  1,000,000  0.00036
        total                                          0.00243

        amount  exact

        chat claude-sonnet-4-5, span ################
        rule    claude-sonnet-4-5 (anthropic)
        prices  table, genai-prices 0.1.8

        unit               quantity  rate        per       USD
        input_tokens            180     3  1,000,000  0.000540
        cache_read_tokens       480   0.3  1,000,000  0.000144
        output_tokens            27    15  1,000,000  0.000405
        total                                         0.001089

        amount  exact

        See them in Phoenix (pip install arize-phoenix; phoenix serve): add --otlp http://localhost:6006

        """;

    [Fact]
    public async Task Receipt_OneQuestion_ShowsHowTheCostOfEachModelCallCameAbout()
    {
        var run = await WeatherCall.RunAsync("--receipt", "--question", "How is it in Oslo?");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith(Receipts, SpanId().Replace(run.Output, "span ################"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cost_StreamedOrNot_IsTheSame()
    {
        var streamed = await WeatherCall.RunAsync();
        var whole = await WeatherCall.RunAsync("--no-stream");

        Assert.Equal(AmountsOf(streamed.Output), AmountsOf(whole.Output));
        Assert.Equal(["$0.002430", "$0.001089", "$0.001539", "$0.002034", "$0.007092"], AmountsOf(whole.Output));
    }

    [Fact]
    public async Task Budget_TooSmallForTheConversation_RefusesACallWithoutASpanOfItsOwn()
    {
        var run = await WeatherCall.RunAsync("--budget", "0.01");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Refused: Budget 'conversation'", run.Error, StringComparison.Ordinal);
        Assert.Equal(["$0.002430", "$0.001089", "$0.001539", "$0.005058"], AmountsOf(run.Output));
        Assert.Contains("cost: $0.005058.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_TooSmallForAnyCall_ShowsOneSpanBelowAnEmptyLine()
    {
        var run = await WeatherCall.RunAsync("--budget", "0.001");

        Assert.Contains("1 span, no tokens.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Oslo?\n\n\n── Spans", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_LargeEnough_ChangesNothing()
    {
        var run = await WeatherCall.RunAsync("--budget", "1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("cost: $0.007092.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cost_ModelWithoutKnownPrice_IsShownAsUnknown()
    {
        var run = await WeatherCall.RunAsync("--model", "house-model-1", "--question", "How is it in Oslo?");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Output.Split("$ ?").Length - 1);
        Assert.Contains("cost: $0.000000 and 2 calls without a known price.", run.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> AmountsOf(string output) => Amount().Matches(output).Select(match => match.Value);

    [GeneratedRegex(@"span [0-9a-f]{16}(?=\n)")]
    private static partial Regex SpanId();

    [GeneratedRegex(@"\$\d+\.\d{6}")]
    private static partial Regex Amount();
}
