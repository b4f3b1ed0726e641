using System.Globalization;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;
using WeatherAgent.Assistant;
using WeatherAgent.Screen;

namespace WeatherAgent;

/// <summary>Reads and verifies a log that earlier runs have written.</summary>
internal sealed class LogInspection(Terminal terminal)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int LongestText = 200;

    public async Task<int> RunAsync(string path, bool lists, bool verifies, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            terminal.ShowError($"There is no log at '{path}'; a run with --log {path} writes one.");

            return Failure;
        }

        try
        {
            var services = new ServiceCollection();
            services.AddAgentObservability().AddStore(s => s.UseSqlite(WeatherAssistant.LogConnection(path)));
            await using var provider = services.BuildServiceProvider();
            var log = provider.GetRequiredService<IEventLog>();

            // What cannot be listed can be verified all the same, which says why.
            var isListed = !lists || await TryAsync(path, () => ListAsync(log, cancellationToken));
            var isIntact = !verifies || await TryAsync(path, () => IsIntactAsync(log, cancellationToken));

            return isListed && isIntact ? Success : Failure;
        }
        catch (ArgumentException exception)
        {
            terminal.ShowError($"Cannot open the log '{path}': {exception.Message}");

            return Failure;
        }
    }

    private async Task<bool> TryAsync(string path, Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (StoreException exception)
        {
            terminal.ShowError($"Cannot read the log '{path}': {exception.Message}");

            return false;
        }
    }

    private async Task<bool> ListAsync(IEventLog log, CancellationToken cancellationToken)
    {
        await foreach (var logged in log.ReadAsync(EventQuery.All, cancellationToken))
        {
            var happened = logged.Event;
            var facts = string.Join(", ", happened.Data.Where(fact => fact.Value is not null).Select(fact => Cut(FormattableString.Invariant($"{fact.Key}={fact.Value}"))));
            terminal.ShowLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{logged.Position,4}  {happened.Time:yyyy-MM-dd HH:mm:ss}  {Cut(happened.ConversationId)}  {Cut(happened.Type),-17}  {facts}"));
        }

        return true;
    }

    private async Task<bool> IsIntactAsync(IEventLog log, CancellationToken cancellationToken)
    {
        var found = await log.VerifyAsync(cancellationToken: cancellationToken);
        var extent = string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(found.EventCount, "event")} and {Count(found.CostCount, "cost")} of {Count(found.WriterCount, "run")}");
        if (found.IsIntact)
        {
            terminal.ShowLine($"The log is intact: {extent}.");
            return true;
        }

        terminal.ShowError($"The log is not as it was written ({extent}):");
        foreach (var fault in found.Faults)
        {
            terminal.ShowError($"  {fault.Kind}: {fault.Description}");
        }

        return false;
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string? Cut(string? text) => text is { Length: > LongestText } ? $"{text[..LongestText]}…" : text;
}
