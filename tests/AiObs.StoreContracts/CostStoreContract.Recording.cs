using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    [Fact]
    public async Task RecordAsync_FullRecord_KeepsEveryValue()
    {
        var record = CostSamples.Call(1) with
        {
            Time = CostSamples.Start.AddTicks(1_234_567).ToOffset(TimeSpan.FromHours(2)),
            Operation = OperationKind.Embeddings,
            Provider = "azure.ai.openai",
            RequestModel = "my \"deployment\"",
            ResponseModel = "größtes-模型",
            ConversationId = "conversation; DROP TABLE costs",
            UserId = "O'Brien",
            SessionId = "session",
            Tags = ["b", "a", "b, c"],
            Metadata = new Dictionary<string, string> { ["tenant"] = "a\"cme", ["feature"] = "x" },
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            SpanId = "b7ad6b7169203331",
            Total = 0.1234567890123456789012345678m,
            ReportedTotal = 79228162514264337593543950335m,
            Receipt = new()
            {
                Usage = new([new("input_tokens", 1_000_000_007), new("output_tokens", 0), new("input_audio_seconds", 1.5m)]),
                Lines =
                [
                    new("input_tokens", CostDirection.Input, 1_000_000_007, 0.0000001m, 1_000_000, 0.1000000007m),
                    new("requests", CostDirection.None, 1, 0.003m, 1, 0.003m),
                ],
                Provider = "azure",
                Rule = "gpt-x",
                DataVersion = "1.2.3",
                Source = PriceSource.File,
                Completeness = CostCompleteness.Partial,
                UsageCompleteness = CostCompleteness.Estimated,
                Reason = "no rate for\nimages",
                TierStart = 200_000,
                Factors = [new("service tier batch", 0.5m), new("region eu", 1.1m)],
                Input = 0.1000000007m,
                Output = 0,
                Total = 0.1030000007m,
            },
        };
        var store = await CreateStoreAsync(record);

        Assert.Equal(CostRecordText.Of(record), CostRecordText.Of(Assert.Single(await ReadAsync(store, CostQuery.All))));
    }

    [Fact]
    public async Task RecordAsync_RecordOfWhichLittleIsKnown_KeepsWhatIsUnknownUnknown()
    {
        var record = CostSamples.Call(1, total: null) with { Receipt = new() { Usage = UsageQuantities.Empty, Completeness = CostCompleteness.Unpriced } };
        var store = await CreateStoreAsync(record);

        Assert.Equal(CostRecordText.Of(record), CostRecordText.Of(Assert.Single(await ReadAsync(store, CostQuery.All))));
    }

    [Fact]
    public async Task RecordAsync_CorrectionThatGivesBack_KeepsTheSign()
    {
        var call = CostSamples.Call(1);
        var correction = CostSamples.Correction(2, call, -0.0000001m);
        var store = await CreateStoreAsync(call, correction);

        Assert.Equal(CostRecordText.Of(correction), CostRecordText.Of((await ReadAsync(store, CostQuery.All))[1]));
    }

    [Fact]
    public async Task RecordAsync_SameCallAgain_KeepsTheFirstRecord()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1, 0.5m));

        Assert.False(await store.RecordAsync(CostSamples.Call(2, 0.75m) with { CallId = CostSamples.Call(1).CallId }, Stop));

        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([1], kept);
        Assert.Equal(0.5m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task RecordAsync_CallIdInOtherCase_IsAnotherCall()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1) with { CallId = "a" }, CostSamples.Call(2) with { CallId = "A" });

        Assert.Equal(2, await store.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task RecordAsync_Correction_StandsBesideWhatItCorrects()
    {
        var call = CostSamples.Call(1);
        var store = await CreateStoreAsync(call, CostSamples.Correction(2, call, 0.125m));

        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([1, 2], kept);
    }

    [Fact]
    public async Task RecordAsync_SameCorrectionAgain_KeepsOne()
    {
        var call = CostSamples.Call(1);
        var correction = CostSamples.Correction(2, call, 0.125m);
        var store = await CreateStoreAsync(call, correction);

        Assert.False(await store.RecordAsync(correction, Stop));
        Assert.Equal(2, await store.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task RecordAsync_SecondCorrectionOfTheSameRecord_IsRefused()
    {
        var call = CostSamples.Call(1);
        var store = await CreateStoreAsync(call, CostSamples.Correction(2, call, 0.125m));

        Assert.False(await store.RecordAsync(CostSamples.Correction(3, call, 0.125m), Stop));
        Assert.Equal(0.375m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task RecordAsync_CorrectionOfACorrection_IsKept()
    {
        var call = CostSamples.Call(1);
        var correction = CostSamples.Correction(2, call, 0.125m);
        var store = await CreateStoreAsync(call, correction, CostSamples.Correction(3, correction, -0.25m));

        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([1, 2, 3], kept);
        Assert.Equal(0.125m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task RecordAsync_SameCallFromManyWriters_KeepsOneAndSaysSo()
    {
        var store = await CreateStoreAsync();
        var attempts = Enumerable.Range(0, 32).Select(number => Task.Run(
            async () => await store.RecordAsync(CostSamples.Call(number) with { CallId = "the call" }, Stop), Stop));

        var results = await Task.WhenAll(attempts);

        Assert.Single(results, static isNew => isNew);
        Assert.Equal(1, await store.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task RecordAsync_ManyWritersAtOnce_KeepsEveryRecord()
    {
        var store = await CreateStoreAsync();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    Assert.True(await store.RecordAsync(CostSamples.Call((i * 8) + writer, 0.1m), Stop));
                }
            },
            Stop));

        await Task.WhenAll(writers);

        var listed = await NumbersAsync(store, CostQuery.All);
        Assert.Equal(Enumerable.Range(0, 800), listed);
        Assert.Equal(80m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task RecordAsync_Cancelled_KeepsNothing()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.RecordAsync(CostSamples.Call(1), new CancellationToken(canceled: true)));

        Assert.Equal(0, await store.CountAsync(CostQuery.All, Stop));
        Assert.True(await store.RecordAsync(CostSamples.Call(1), Stop));
    }
}
