using System.Text;
using System.Text.Json;
using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public sealed class EventExportTests
{
    public static TheoryData<string, string> Formulas => CsvSamples.Formulas;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExportJsonLinesAsync_Events_WritesOneObjectPerLine()
    {
        var log = await LogOfAsync(
            EventSamples.Full(1) with { Data = new Dictionary<string, object?> { ["amount"] = 1.50m, ["ratio"] = 0.5d, ["text"] = "ä\"" } },
            EventSamples.Event(2));
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);
        var rows = (await log.ListAsync(EventQuery.All, Stop)).Events;

        var text = await JsonLinesAsync(log, new EventQuery { Type = "sample" });

        Assert.Equal(
            $$$"""
            {"position":1,"writer":"{{{rows[0].Writer}}}","sequence":1,"hash":"{{{rows[0].Hash}}}","id":"00000001-0000-0000-0000-000000000002","time":"2026-01-31T12:00:01.0000000+00:00","type":"sample","conversation_id":"conversation","user_id":"user","session_id":"session","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","data":{"amount":1.50,"ratio":0.5E0,"text":"ä\""},"content_erased":true}
            {"position":2,"writer":"{{{rows[0].Writer}}}","sequence":2,"hash":"{{{rows[1].Hash}}}","id":"00000002-0000-0000-0000-000000000002","time":"2026-01-31T12:00:02.0000000+00:00","type":"sample","data":{"number":2}}

            """,
            text);
    }

    [Theory]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("{\n  \"a\": [1.50, \"\u2028\"]\r\n}", "{\"a\":[1.50,\"\\u2028\"]}")]
    [InlineData("not json\n", "\"not json\\n\"")]
    [InlineData("", "\"\"")]
    public async Task ExportJsonLinesAsync_Content_StandsInItsLineAsJson(string content, string expected)
    {
        var log = await LogOfAsync(EventSamples.Said(1, content), EventSamples.Event(2));

        var text = await JsonLinesAsync(log);

        Assert.Contains($",\"content\":{expected}}}\n", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, text.TrimEnd('\n').ReplaceLineEndings("\n").Split('\n').Length);
        Assert.All(text.Trim('\n').Split('\n'), static line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task ExportCsvAsync_Events_WritesARecordEachBelowAHeader()
    {
        var log = await LogOfAsync(EventSamples.Full(1) with { Content = "a,\"b\"\r\nc" }, EventSamples.Event(2) with { UserId = "" });
        var rows = (await log.ListAsync(EventQuery.All, Stop)).Events;

        var text = await CsvAsync(log);

        Assert.Equal(
            "position,writer,sequence,hash,id,time,type,conversation_id,user_id,session_id,trace_id,span_id,data,content,content_erased\r\n"
            + $"1,{rows[0].Writer},1,{rows[0].Hash},00000001-0000-0000-0000-000000000002,2026-01-31T12:00:01.0000000+00:00,sample,conversation,user,session,"
            + "0af7651916cd43dd8448eb211c80319c,b7ad6b7169203331,\"{\"\"number\"\":1}\",\"a,\"\"b\"\"\r\nc\",false\r\n"
            + $"2,{rows[0].Writer},2,{rows[1].Hash},00000002-0000-0000-0000-000000000002,2026-01-31T12:00:02.0000000+00:00,sample,,\"\",,,,\"{{\"\"number\"\":2}}\",,false\r\n",
            text);
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task ExportCsvAsync_Formula_IsMadeHarmless(string text, string expected)
    {
        var log = await LogOfAsync(EventSamples.Event(1) with
        {
            Type = text,
            ConversationId = text,
            UserId = text,
            SessionId = text,
            TraceId = text,
            SpanId = text,
            Content = text,
        });

        var csv = await CsvAsync(log);

        Assert.Contains($",{string.Join(',', Enumerable.Repeat(expected, 6))},", csv, StringComparison.Ordinal);
        Assert.EndsWith($",{expected},false\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportJsonLinesAsync_SeveralPages_ReportsEachAndCountsAll()
    {
        var log = await LogOfAsync(EventSamples.Events(0, 5));
        var progress = new ImmediateProgress();

        var count = await log.ExportJsonLinesAsync(
            new MemoryStream(), new EventQuery { PageSize = 2, Order = PageOrder.NewestFirst }, progress, Stop);

        Assert.Equal(5, count);
        Assert.Equal([2, 4, 5], progress.Reports);
    }

    [Fact]
    public async Task ExportCsvAsync_EmptyLog_WritesTheHeader()
    {
        var text = await CsvAsync(new InMemoryEventLog());

        Assert.StartsWith("position,", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\r\n").Length);
    }

    [Fact]
    public async Task ExportJsonLinesAsync_Cancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        async () => await ((IEventLog)new InMemoryEventLog()).ExportJsonLinesAsync(new MemoryStream(), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public async Task ExportJsonLinesAsync_Stream_StaysOpen()
    {
        await using var stream = new MemoryStream();

        await ((IEventLog)new InMemoryEventLog()).ExportJsonLinesAsync(stream, cancellationToken: Stop);

        Assert.True(stream.CanWrite);
    }

    private static async Task<IEventLog> LogOfAsync(params AgentEvent[] events)
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync(events, Stop);
        return log;
    }

    private static async Task<string> JsonLinesAsync(IEventLog log, EventQuery? query = null)
    {
        await using var stream = new MemoryStream();
        await log.ExportJsonLinesAsync(stream, query, cancellationToken: Stop);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<string> CsvAsync(IEventLog log)
    {
        await using var stream = new MemoryStream();
        await log.ExportCsvAsync(stream, cancellationToken: Stop);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
