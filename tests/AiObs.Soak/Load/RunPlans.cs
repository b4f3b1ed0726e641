using System.Globalization;
using FakeModelServer;

namespace AiObs.Soak.Load;

/// <summary>Draws plans: the same seed gives the same plans, whoever asks for which of them when.</summary>
internal sealed class RunPlans(int seed)
{
    public const string FrugalUserPrefix = "frugal-";

    private const int HashFactor = 486_187_739;
    private const int FrugalUsers = 4;
    private const int OtherUsers = 40;

    private static readonly RunKind[] Kinds =
    [
        RunKind.Chat, RunKind.Chat, RunKind.Chat, RunKind.Stream, RunKind.Stream, RunKind.Stream,
        RunKind.Agent, RunKind.StreamedAgent, RunKind.Embedding,
    ];

    private static readonly RunFate[] ChatFates =
        [RunFate.Answered, RunFate.RateLimited, RunFate.ServerError, RunFate.Cut, RunFate.Cancelled];

    private static readonly RunFate[] EmbeddingFates = [RunFate.Answered, RunFate.RateLimited, RunFate.ServerError];

    private static readonly string[] Models = [KnownPrices.Large, KnownPrices.Large, KnownPrices.Agreed, KnownPrices.Unpriced];

    public RunPlan Of(long number)
    {
        var random = new Random(unchecked((seed * 397) ^ ((int)number * HashFactor)));
        var kind = Pick(random, Kinds);
        var isFrugal = kind is RunKind.Chat or RunKind.Stream && random.Next(4) == 0;
        var pieces = random.Next(2, 12);

        return new RunPlan
        {
            Number = number,
            Kind = kind,
            Fate = random.Next(2) == 0 ? RunFate.Answered : Pick(random, FatesOf(kind)),
            Model = kind == RunKind.Embedding ? KnownPrices.Embeddings : isFrugal ? KnownPrices.Small : Pick(random, Models),
            UserId = isFrugal
                ? Name(FrugalUserPrefix, random.Next(FrugalUsers))
                : Name("user-", random.Next(OtherUsers)),
            Usages = [.. Enumerable.Range(0, CallsOf(kind, random)).Select(_ => DrawUsage(kind, random))],
            ToolsPerRound = random.Next(1, 3),
            Pieces = pieces,
            PiecesBeforeFate = random.Next(1, pieces),
            TakesNote = random.Next(5) == 0,
        };
    }

    private static string Name(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    private static RunFate[] FatesOf(RunKind kind) => kind switch
    {
        RunKind.Embedding => EmbeddingFates,
        RunKind.Chat or RunKind.Agent => ChatFates,
        _ => Enum.GetValues<RunFate>(),
    };

    private static int CallsOf(RunKind kind, Random random) => kind is RunKind.Agent or RunKind.StreamedAgent ? random.Next(2, 4) : 1;

    private static ModelUsage DrawUsage(RunKind kind, Random random)
    {
        if (kind == RunKind.Embedding)
        {
            return new ModelUsage { InputTokens = random.Next(5, 500) };
        }

        var (plain, read, written) = (random.Next(20, 4_000), random.Next(0, 3) * 700, random.Next(0, 2) * 450);

        return new ModelUsage
        {
            InputTokens = plain + read + written,
            CacheReadTokens = read,
            CacheWriteTokens = written,
            OutputTokens = random.Next(40, 900),
        };
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
