using System.Text.RegularExpressions;
using AiObs.Dashboard.Tests.Costs;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests;

/// <summary>Starts applications whose clock stands still at <see cref="CostRecords.Now"/>, and reads tables out of their pages.</summary>
internal static partial class StoppedHost
{
    /// <summary>What stands where a part of a page could not be read.</summary>
    public const string Unread = "This could not be read (IOException). The application&#39;s log says more.";

    public static DateTimeOffset Now => CostRecords.Now;

    public static Task<DashboardHost> StartAsync(params SpanRecord[] spans) => StartAsync(Store(), observe: null, spans);

    public static async Task<DashboardHost> StartAsync(ITraceStore store, Action<AgentObservabilityBuilder>? observe, params SpanRecord[] spans)
    {
        var host = await DashboardHost.StartAsync(observe, services: services => services.AddSingleton(store).AddSingleton<TimeProvider>(new TestClock(Now)));
        await store.AppendAsync(spans, TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Makes a store whose clock stands still as well: to one of today, all spans are so old that it drops them.</summary>
    public static InMemoryTraceStore Store() => new(new TraceOptions(), new TestClock(Now));

    /// <summary>Makes a span at the top of a trace of its own that started some minutes ago.</summary>
    public static SpanRecord Span(int trace, OperationKind kind, double milliseconds, int minutes = 10, string? error = null) =>
        Spans.Make(trace, 1, time: Now.AddMinutes(-minutes), milliseconds: milliseconds, kind: kind) with { IsError = error is not null, ErrorType = error };

    /// <summary>Reads the rows of the bodies of all tables, without their markup.</summary>
    public static List<string[]> RowsOf(string page) =>
        [.. Row().Matches(string.Concat(Body().Matches(page))).Select(static row => Cell().Matches(row.Value).Select(static cell => Tag().Replace(Title().Replace(cell.Groups[1].Value, ""), "").Trim()).ToArray())];

    public static int CountOf(string page, string text) => Regex.Count(page, Regex.Escape(text));

    [GeneratedRegex("<tbody>.*?</tbody>", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex("<tr[ >].*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<title>.*?</title>", RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
