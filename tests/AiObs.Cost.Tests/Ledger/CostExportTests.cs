using System.Globalization;
using System.Text;
using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

public sealed class CostExportTests
{
    public static TheoryData<string, string> Formulas => CsvSamples.Formulas;

    private const string Header =
        "id,time,call_id,operation,provider,request_model,response_model,conversation_id,user_id,session_id,agent,trace_id,span_id,"
        + "total,currency,reported_total,source,completeness,input_tokens,output_tokens,rule,reason,corrects,metadata";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExportCsvAsync_Records_WritesALineEachWithAColumnForEachTag()
    {
        var call = CostSamples.Call(1, 0.0000125m) with
        {
            Time = CostSamples.Call(1).Time.ToOffset(TimeSpan.FromHours(2)),
            Provider = "openai",
            RequestModel = "gpt-4o",
            ResponseModel = "gpt-4o-2024-08-06",
            ConversationId = "c, \"1\"",
            UserId = "=cmd()",
            SessionId = "a\nb",
            AgentName = "planner",
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            SpanId = "b7ad6b7169203331",
            Tags = ["night", "a,b"],
            Metadata = new Dictionary<string, string> { ["feature"] = "x" },
            ReportedTotal = 0.0000125m,
        };
        var store = await StoreOfAsync(call, CostSamples.Call(2, total: null) with { UserId = "", Tags = ["@x"] }, CostSamples.Correction(3, CostSamples.Call(2), -1.50m));

        var text = await CsvAsync(store);

        Assert.Equal(
            $""""
            {Header},tag:@x,"tag:a,b",tag:night
            {CostSamples.IdOf(1)},2026-01-31T12:01:00.0000000Z,call-1,Chat,openai,gpt-4o,gpt-4o-2024-08-06,"c, ""1""",'=cmd(),"a{'\n'}b",planner,0af7651916cd43dd8448eb211c80319c,b7ad6b7169203331,0.0000125,USD,0.0000125,None,Exact,100,10,,,,"{'{'}""feature"":""x""{'}'}",false,true,true
            {CostSamples.IdOf(2)},2026-01-31T12:02:00.0000000Z,call-2,Chat,,,,,"",,,,,,USD,,None,Unpriced,100,10,,,,,true,false,false
            {CostSamples.IdOf(3)},2026-01-31T12:02:00.0000000Z,call-2,Chat,,,,,,,,,,-1.50,USD,,None,Exact,,,,,{CostSamples.IdOf(2)},,false,false,false

            """".Replace("\n", "\r\n", StringComparison.Ordinal).Replace("a\r\nb", "a\nb", StringComparison.Ordinal),
            text);
    }

    [Fact]
    public async Task ExportCsvAsync_ChosenTags_HaveTheirColumnsInThatOrder()
    {
        var store = await StoreOfAsync(CostSamples.Call(1) with { Tags = ["b", "c"] });

        var lines = (await CsvAsync(store, ["c", "none"])).Split("\r\n");

        Assert.Equal($"{Header},tag:c,tag:none", lines[0]);
        Assert.EndsWith(",true,false", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public async Task ExportCsvAsync_Formula_IsMadeHarmless(string text, string expected)
    {
        var store = await StoreOfAsync(CostSamples.Call(1) with
        {
            CallId = text,
            Provider = text,
            RequestModel = text,
            ResponseModel = text,
            ConversationId = text,
            UserId = text,
            SessionId = text,
            AgentName = text,
            TraceId = text,
            SpanId = text,
        });

        var line = (await CsvAsync(store)).Split("\r\n")[1];

        Assert.StartsWith(
            $"{CostSamples.IdOf(1)},2026-01-31T12:01:00.0000000Z,{expected},Chat,{string.Join(',', Enumerable.Repeat(expected, 9))},0.25,", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportCsvAsync_OtherCulture_WritesTheSame()
    {
        var store = await StoreOfAsync(CostSamples.Call(1, 1234.5m));
        var expected = await CsvAsync(store);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, await CsvAsync(store));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task ExportCsvAsync_SeveralPages_AreWrittenOneByOneAndCounted()
    {
        var store = await StoreOfAsync([.. Enumerable.Range(0, 5).Select(static number => CostSamples.Call(number))]);
        await using var stream = new WriteCounter();
        var progress = new ImmediateProgress();

        var count = await ((ICostStore)store).ExportCsvAsync(
            stream, new CostQuery { PageSize = 2, Order = PageOrder.NewestFirst }, progress: progress, cancellationToken: Stop);

        Assert.Equal(5, count);
        Assert.Equal([2, 4, 5], progress.Reports);
        Assert.Equal(3, stream.Count);
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task ExportCsvAsync_EmptyStore_WritesTheHeader() => Assert.Equal($"{Header}\r\n", await CsvAsync(new InMemoryCostStore()));

    [Fact]
    public async Task ExportCsvAsync_Cancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        async () => await ((ICostStore)new InMemoryCostStore()).ExportCsvAsync(new MemoryStream(), cancellationToken: new CancellationToken(canceled: true)));

    private static async Task<ICostStore> StoreOfAsync(params CostRecord[] records)
    {
        var store = new InMemoryCostStore();
        foreach (var record in records)
        {
            Assert.True(await store.RecordAsync(record, Stop));
        }

        return store;
    }

    private static async Task<string> CsvAsync(ICostStore store, IReadOnlyList<string>? tags = null)
    {
        await using var stream = new MemoryStream();
        await store.ExportCsvAsync(stream, tags: tags, cancellationToken: Stop);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class WriteCounter : MemoryStream
    {
        public int Count { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
