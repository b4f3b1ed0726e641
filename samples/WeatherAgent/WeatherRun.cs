using AiObs;
using AiObs.Cost.Budgets;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using WeatherAgent.Assistant;
using WeatherAgent.Model;
using WeatherAgent.Screen;
using WeatherAgent.Telemetry;

namespace WeatherAgent;

/// <summary>Is one run of the sample: the conversation, then the spans that it left.</summary>
internal sealed class WeatherRun(Terminal terminal)
{
    private const int Success = 0;
    private const int Failure = 1;

    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        RunTelemetry telemetry;
        try
        {
            telemetry = new RunTelemetry(options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.ShowError($"Cannot write spans to '{options.SpansFile}': {exception.Message}");

            return Failure;
        }

        using (telemetry)
        {
            return options.ShowsDashboard
                ? await RunWithDashboardAsync(options, telemetry, cancellationToken)
                : await RunAloneAsync(options, telemetry, cancellationToken);
        }
    }

    private async Task<int> RunAloneAsync(RunOptions options, RunTelemetry telemetry, CancellationToken cancellationToken)
    {
        await using var observability = AgentObservability.Create(root => WeatherAssistant.Observe(root, options));

        return await RunAsync(options, telemetry, observability, cancellationToken) ? Success : Failure;
    }

    private async Task<int> RunWithDashboardAsync(RunOptions options, RunTelemetry telemetry, CancellationToken cancellationToken)
    {
        await using var dashboard = await DashboardServer.StartAsync(root => WeatherAssistant.Observe(root, options), cancellationToken);
        var isDone = await RunAsync(options, telemetry, dashboard.Observability, cancellationToken);
        await dashboard.Observability.FlushTracesAsync(CancellationToken.None);
        terminal.ShowLine($"Dashboard: {dashboard.Address} (Ctrl+C ends it)");
        await dashboard.WaitAsync(cancellationToken);

        return isDone ? Success : Failure;
    }

    private async Task<bool> RunAsync(RunOptions options, RunTelemetry telemetry, AgentObservability observability, CancellationToken cancellationToken)
    {
        var hasAnswered = await TryConverseAsync(options, observability, cancellationToken);
        var isReported = await new RunReport(terminal).ShowAsync(options, telemetry, observability.Costs!);

        return hasAnswered && isReported;
    }

    private async Task<bool> TryConverseAsync(RunOptions options, AgentObservability observability, CancellationToken cancellationToken)
    {
        try
        {
            await ConverseAsync(options, observability, cancellationToken);

            return true;
        }
        catch (BudgetExceededException refusal)
        {
            terminal.ShowError($"Refused: {refusal.Message}");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            terminal.ShowError(cancellationToken.IsCancellationRequested ? "Cancelled." : $"The conversation failed: {exception.Message}");
        }

        terminal.Out.WriteLine();

        return false;
    }

    private Task ConverseAsync(RunOptions options, AgentObservability observability, CancellationToken cancellationToken) =>
        options.Provider == Provider.OpenAIRaw
            ? ConverseRawAsync(options, observability, cancellationToken)
            : ConverseWithChatClientAsync(options, observability, cancellationToken);

    private async Task ConverseWithChatClientAsync(RunOptions options, AgentObservability observability, CancellationToken cancellationToken)
    {
        await using var connection = options.Provider == Provider.OpenAI
            ? await OpenAIConnection.OpenAsync(options.Model, cancellationToken)
            : await AnthropicConnection.OpenAsync(options.Model, cancellationToken);
        using var assistant = WeatherAssistant.Create(connection.Client, observability);
        var screen = new ChatScreen(terminal.Out);

        screen.ShowIntroduction(connection.Description);
        if (options.Conversation is { } name)
        {
            var kept = await observability.Conversations!.FindAsync(name, cancellationToken);
            screen.ShowKept(name, kept?.MessageCount ?? 0);
        }

        await AskAsync(new Conversation(assistant, screen, options.Conversation), options, cancellationToken);
    }

    private async Task ConverseRawAsync(RunOptions options, AgentObservability observability, CancellationToken cancellationToken)
    {
        await using var connection = await RawOpenAIConnection.OpenAsync(options.Model, observability, cancellationToken);
        var screen = new ChatScreen(terminal.Out);

        screen.ShowIntroduction(connection.Description);
        await AskAsync(new RawConversation(connection.Client, observability, screen), options, cancellationToken);
    }

    private static async Task AskAsync(IConversation conversation, RunOptions options, CancellationToken cancellationToken)
    {
        using var context = AgentContext.Begin(conversationId: options.Conversation ?? $"weather-{Guid.NewGuid():N}"[..16]);
        foreach (var question in options.Questions)
        {
            await conversation.AskAsync(question, options.Streams, cancellationToken);
        }
    }
}
