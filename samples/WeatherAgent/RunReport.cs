using AiObs.Cost;
using Spectre.Console;
using WeatherAgent.Screen;
using WeatherAgent.Telemetry;

namespace WeatherAgent;

/// <summary>Says what was observed and where it went.</summary>
internal sealed class RunReport(Terminal terminal)
{
    /// <summary>Shows everything; returns whether all that was asked for is there. A server that is away is none of our failures.</summary>
    public async Task<bool> ShowAsync(RunOptions options, RunTelemetry telemetry, CostTracking costs)
    {
        var spans = telemetry.Spans;
        var tokens = spans.Select(TokenCounts.Of).Aggregate(default(TokenCounts), (sum, counts) => sum + counts);

        terminal.Out.Write(new Rule("Spans") { Justification = Justify.Left });
        terminal.Out.WriteLine();
        terminal.Out.Write(new SpanList(SpanTree.Walk(spans)));
        terminal.Out.WriteLine();
        terminal.ShowLine($"{Spans(spans.Count)}, {(tokens == default ? "no tokens" : $"tokens: {tokens}, cost: {Money.Describe(costs.Accumulator.Total)}")}.");
        if (options.ShowsReceipts)
        {
            await ShowReceiptsAsync(costs.Store);
        }

        if (options.LogFile is { } log)
        {
            terminal.ShowLine($"Logged in {log}; read it with --log {log} --events, check it with --verify.");
        }

        ShowExport(telemetry, spans.Count);

        return ShowFile(options, telemetry, spans.Count);
    }

    private async Task ShowReceiptsAsync(ICostStore store)
    {
        terminal.Out.WriteLine();
        terminal.Out.Write(new Rule("Receipts") { Justification = Justify.Left });
        await foreach (var record in store.ReadAsync(new CostQuery()))
        {
            terminal.Out.WriteLine();
            terminal.ShowLine($"chat {record.Model}, span {record.SpanId}");
            terminal.ShowText(record.Receipt.ToString());
        }

        terminal.Out.WriteLine();
    }

    private void ShowExport(RunTelemetry telemetry, int count)
    {
        if (telemetry.Export is not { } export)
        {
            terminal.ShowLine("See them in Phoenix (pip install arize-phoenix; phoenix serve): add --otlp http://localhost:6006");

            return;
        }

        telemetry.Finish();
        if (export.Error is { } error)
        {
            terminal.ShowError($"The export to {export.Endpoint} failed: {error}");
        }
        else
        {
            terminal.ShowLine($"Sent {Spans(count)} to {export.Endpoint}.");
        }
    }

    private bool ShowFile(RunOptions options, RunTelemetry telemetry, int count)
    {
        if (telemetry.FileError is { } error)
        {
            terminal.ShowError($"Cannot write spans to '{options.SpansFile}': {error}");

            return false;
        }

        if (options.SpansFile is { } path)
        {
            terminal.ShowLine($"Wrote {Spans(count)} to {path}.");
        }

        return true;
    }

    private static string Spans(int count) => count == 1 ? "1 span" : $"{count} spans";
}
