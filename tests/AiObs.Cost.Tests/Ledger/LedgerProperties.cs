using AiObs.Cost.Ledger;
using AiObs.Operations;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Ledger;

/// <summary>What holds for any records: groups and pages lose nothing, and the accumulator agrees with the store.</summary>
public sealed class LedgerProperties
{
    private static readonly Config Quiet = Fuzz.Config();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void SumBy_AnyRecords_AddsUpToTheSum() => Check.One(Quiet, Prop.ForAll<int[]>(numbers =>
    {
        var records = RandomCosts.From(numbers ?? []);
        var store = StoreOf(records);
        var sum = Wait(store.SumAsync(CostQuery.All, Stop));

        Assert.Equal(records.Sum(static record => record.Total ?? 0), sum.Total);
        Assert.All(
            CostKeys.Groupings.Where(static grouping => grouping != CostGrouping.Tag),
            grouping => Assert.Equal(sum, AddUp(Wait(store.SumByAsync(CostQuery.All, grouping, Stop)))));
    }));

    [Fact]
    public void Sum_AnyRecords_IsWhatTheLatestCorrectionsSay() => Check.One(Quiet, Prop.ForAll<int[]>(numbers =>
    {
        var records = RandomCosts.From(numbers ?? []);
        var latest = records.Where(record => records.TrueForAll(other => other.Corrects != record.Id)).ToList();

        var sum = Wait(StoreOf(records).SumAsync(CostQuery.All, Stop));

        Assert.Equal(latest.Count, sum.CallCount);
        Assert.Equal(latest.Sum(static record => record.Receipt.Total ?? 0), sum.Total);
        Assert.Equal(latest.Count(static record => record.Receipt.Completeness == CostCompleteness.Unpriced), sum.UnpricedCount);
    }));

    [Fact]
    public void Pages_WhateverIsRecordedMeanwhile_HoldWhatWasThereOnceAndInOrder() =>
        Check.One(Quiet, Prop.ForAll<int[], int[], (byte Size, bool Newest)>((before, meanwhile, paging) =>
        {
            var records = RandomCosts.From(before ?? []);
            var store = StoreOf(records);
            var later = new Queue<CostRecord>(RandomCosts.From(meanwhile ?? [], firstId: 1_000_000));
            var query = new CostQuery
            {
                PageSize = (paging.Size % 7) + 1,
                Order = paging.Newest ? PageOrder.NewestFirst : PageOrder.OldestFirst,
            };

            var seen = ReadWhileRecording(store, query, later).Where(static record => record.Id.CompareTo(Late) < 0);

            Assert.Equal(Sorted(records, query.Order), seen.Select(static record => record.Id));
        }));

    [Fact]
    public void Accumulator_AnyRecords_AgreesWithTheStore() => Check.One(Quiet, Prop.ForAll<int[], byte>((numbers, readEvery) =>
    {
        var records = RandomCosts.From(numbers ?? []);
        var accumulator = Accumulate(records, CostAccumulator.DefaultCapacity, readEvery);
        var store = StoreOf(records);

        Assert.Equal(Wait(store.SumAsync(CostQuery.All, Stop)), accumulator.Total);
        Assert.All(CostKeys.Groupings, grouping => Assert.Equal(
            Wait(store.SumByAsync(CostQuery.All, grouping, Stop)), accumulator.Read().By(grouping)));
    }));

    [Fact]
    public void Accumulator_FewerKeysThanCome_StillAddsUpToTheTotal() => Check.One(Quiet, Prop.ForAll<int[], byte>((numbers, readEvery) =>
    {
        var records = RandomCosts.From(numbers ?? []);

        var totals = Accumulate(records, capacity: 2, readEvery).Read();

        foreach (var grouping in CostKeys.Groupings.Where(static grouping => grouping != CostGrouping.Tag))
        {
            Assert.Equal(records.Aggregate(CostSum.Zero, static (sum, record) => sum.Add(record)), AddUp(totals.By(grouping)));
            Assert.InRange(totals.By(grouping).Count(static row => row.Key is not null), 0, 2);
        }
    }));

    private static Guid Late => AiObs.StoreContracts.CostSamples.IdOf(1_000_000);

    private static InMemoryCostStore StoreOf(IEnumerable<CostRecord> records)
    {
        var store = new InMemoryCostStore();
        foreach (var record in records)
        {
            Wait(store.RecordAsync(record, Stop));
        }

        return store;
    }

    private static CostAccumulator Accumulate(List<CostRecord> records, int capacity, byte readEvery)
    {
        var accumulator = new CostAccumulator(capacity);
        foreach (var (index, record) in records.Index())
        {
            accumulator.Add(record);
            if (index % (readEvery + 1) == readEvery)
            {
                _ = accumulator.Total;
            }
        }

        return accumulator;
    }

    private static List<CostRecord> ReadWhileRecording(InMemoryCostStore store, CostQuery query, Queue<CostRecord> later)
    {
        List<CostRecord> seen = [];
        CostPage page;
        do
        {
            page = Wait(store.ListAsync(query, Stop));
            seen.AddRange(page.Records);
            query = query with { Cursor = page.NextCursor };
            if (later.TryDequeue(out var record))
            {
                Wait(store.RecordAsync(record, Stop));
            }
        }
        while (page.NextCursor is not null && seen.Count < InMemoryCostStore.DefaultCapacity);
        return seen;
    }

    private static IEnumerable<Guid> Sorted(List<CostRecord> records, PageOrder order)
    {
        var oldestFirst = records.OrderBy(static record => record.Time).ThenBy(static record => record.Id).Select(static record => record.Id);
        return order == PageOrder.OldestFirst ? oldestFirst : oldestFirst.Reverse();
    }

    private static CostSum AddUp(IEnumerable<CostGroup> groups) =>
        groups.Aggregate(CostSum.Zero, static (sum, group) => sum.Add(group.Sum));

    private static T Wait<T>(ValueTask<T> task) => task.GetAwaiter().GetResult();
}
