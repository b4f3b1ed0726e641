using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

/// <summary>Makes cost records out of random numbers: few values for each property, so that they meet, and corrections among the calls.</summary>
internal static class RandomCosts
{
    private static readonly string?[] Names = [null, "ada", "bob", "cyd"];
    private static readonly string[][] TagLists = [[], ["red"], ["red", "blue"], ["blue", "blue", ""]];
    private static readonly decimal?[] Amounts = [null, 0m, 0.1m, 12.0000000000000000000000001m];

    public static List<CostRecord> From(IEnumerable<int> numbers, int firstId = 0)
    {
        List<CostRecord> records = [];
        foreach (var (index, number) in numbers.Index())
        {
            var bits = new Random(number);
            var id = firstId + index;
            records.Add(bits.Next(5) == 0 && Uncorrected(records) is { } corrected
                ? CostSamples.Correction(id, corrected, bits.Next(-9, 9) / 8m)
                : Call(id, bits));
        }

        return records;
    }

    private static CostRecord Call(int id, Random bits) => CostSamples.Call(id, Amounts[bits.Next(4)]) with
    {
        Time = CostSamples.Start.AddHours(bits.Next(40)),
        UserId = Names[bits.Next(4)],
        ConversationId = Names[bits.Next(4)],
        SessionId = Names[bits.Next(4)],
        Provider = Names[bits.Next(2)],
        RequestModel = Names[bits.Next(4)],
        ResponseModel = Names[bits.Next(2)],
        Tags = TagLists[bits.Next(4)],
    };

    private static CostRecord? Uncorrected(List<CostRecord> records) =>
        records.Find(record => records.TrueForAll(other => other.Corrects != record.Id));
}
