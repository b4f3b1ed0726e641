using System.Globalization;
using AiObs.Store.Sql;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Processes;

/// <summary>Appends traces, a batch of spans after the other, until it is killed, and says of each when it is acknowledged.</summary>
internal static class SpanWriterProcess
{
    /// <summary>The switch that makes the test program this writer.</summary>
    public const string Switch = "--span-writer";

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    /// <param name="arguments">The switch, the kind of database, its connection string, the number of the first trace, of traces per batch, and of batches.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = arguments[3..].Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await using var database = new SqlDatabase(WriterProcess.DialectOf(arguments[1], arguments[2]), TimeProvider.System);
        var store = SqlStoreRegistration.CreateTraces("writer", database);
        for (var (first, size, left) = (numbers[0], numbers[1], numbers[2]); left > 0; first += size, left--)
        {
            await store.AppendAsync(SpansOf(Enumerable.Range(first, size)));
            await Console.Out.WriteLineAsync(first.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }

        return 0;
    }

    /// <summary>Returns the spans that are written of traces: two of each.</summary>
    public static SpanRecord[] SpansOf(IEnumerable<int> traces) =>
        [.. traces.SelectMany(static trace => new[] { SpanSamples.FullCall(trace), SpanSamples.FullCall(trace) with { SpanId = SpanSamples.SpanId(2), IsRoot = false } })];
}
