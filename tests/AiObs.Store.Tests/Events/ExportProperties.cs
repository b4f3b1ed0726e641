using System.Text;
using System.Text.Json;
using AiObs.Events;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Store.Tests.Events;

/// <summary>Whatever stands in an event: each is one line of JSON and one record of CSV, and no cell is a formula.</summary>
public sealed class ExportProperties
{
    private const int Columns = 15;

    private static readonly Gen<LoggedEvent> Events =
        from texts in HostileText.Optional.ListOf(8)
        from names in HostileText.Any.ListOf(2)
        from content in Gen.Frequency((1, HostileText.Optional), (2, HostileJson.Document.Select(static json => (string?)json)))
        from value in HostileText.Any
        select new LoggedEvent(
            new AgentEvent
            {
                Id = Guid.Empty,
                Time = DateTimeOffset.UnixEpoch,
                Type = names[0],
                ConversationId = texts[0],
                UserId = texts[1],
                SessionId = texts[2],
                TraceId = texts[3],
                SpanId = texts[4],
                Data = new Dictionary<string, object?> { [names[1]] = value, ["list"] = new object?[] { texts[5], 1.5m, double.NaN } },
                Content = content,
            },
            Position: 1,
            Writer: texts[6] ?? "",
            Sequence: -1,
            Hash: texts[7] ?? "",
            IsContentErased: false);

    [Fact]
    public void JsonLines_AnyEvent_IsOneLineThatParses() => Fuzz.Check(Events, logged =>
    {
        var lines = Export(logged, static (log, output) => log.ExportJsonLinesAsync(output));

        var line = Assert.Single(lines.Split('\n')[..^1]);
        Assert.DoesNotContain(line, static character => char.IsControl(character) || character is '\u2028' or '\u2029');
        using var document = JsonDocument.Parse(line);
        Assert.Equal(logged.Event.Content is not null, document.RootElement.TryGetProperty("content", out _));
    });

    [Fact]
    public void Csv_AnyEvent_IsOneRecordOfHarmlessCells() => Fuzz.Check(Events, logged =>
    {
        var records = CsvText.Read(Export(logged, static (log, output) => log.ExportCsvAsync(output)));

        Assert.Equal([Columns, Columns], records.Select(static record => record.Count));
        Assert.DoesNotContain(records[1], static cell => cell is not null && cell != "-1" && IsFormula(cell));
    });

    private static bool IsFormula(string cell) =>
        cell.Length > 0 && (cell[0] is '\t' or '\r' or '\n' || cell.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]);

    private static string Export(LoggedEvent logged, Func<IEventLog, Stream, ValueTask<long>> export)
    {
        using var output = new MemoryStream();
        export(new OnePageLog(logged), output).AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
