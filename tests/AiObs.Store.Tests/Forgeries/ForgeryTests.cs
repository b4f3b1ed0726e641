using System.Data.Common;
using System.Globalization;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>
/// Random forgeries behind the back of a log, with its rules in place or taken away: each is refused by the database, found by verification, or one of
/// those that the page of the event log says are not found.
/// </summary>
/// <remarks><c>AIOBS_FORGERIES</c> is how many are tried in each log; <c>AIOBS_FUZZ_SEED</c> repeats a run.</remarks>
public sealed class ForgeryTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<DatabaseKind, bool, bool> Logs { get; } = new(Enum.GetValues<DatabaseKind>(), [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task VerifyAsync_AnyForgery_IsRefusedFoundOrDocumented(DatabaseKind kind, bool isKeyed, bool hasAnchors)
    {
        var seed = Number(Fuzz.SeedVariable) ?? Random.Shared.Next();
        var count = Number("AIOBS_FORGERIES") ?? (kind == DatabaseKind.Sqlite ? 40 : 8);
        await using var template = await LogTemplate.CreateAsync(databases, kind, isKeyed);
        var generator = new ForgeryGenerator(seed, kind);
        var outcomes = new Dictionary<Outcome, int>();
        List<string> silent = [];
        for (var number = 0; number < count; number++)
        {
            var forgery = generator.Next();
            var outcome = await TryAsync(template, forgery, hasAnchors);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome == Outcome.Silent)
            {
                silent.Add($"{number}: {forgery}");
            }
        }

        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, {(isKeyed ? "key" : "no key")}, {(hasAnchors ? "anchors" : "no anchors")}, seed {seed}: {count} tried, {string.Join(", ", outcomes.OrderBy(static one => one.Key).Select(static one => $"{one.Value} {one.Key}"))}");
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(silent.Count == 0, $"{report}\n{string.Join('\n', silent)}\nRepeat it with {Fuzz.SeedVariable}={seed}.");
    }

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? (int)(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) % int.MaxValue)
        : null;

    private static async Task<Outcome> TryAsync(LogTemplate template, Forgery forgery, bool hasAnchors)
    {
        var copy = await template.CopyAsync();
        try
        {
            return await ForgeAsync(copy, forgery)
                ? await LookAsync(template, copy, hasAnchors)
                : Outcome.Refused;
        }
        finally
        {
            await template.DropAsync(copy);
        }
    }

    private static async Task<bool> ForgeAsync(TestDatabase copy, Forgery forgery)
    {
        try
        {
            if (forgery.IsWithoutRules)
            {
                await copy.DropRulesAsync(Stop);
            }

            await copy.ExecuteAsync($"BEGIN; {forgery.Sql} COMMIT;", Stop);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private static async Task<Outcome> LookAsync(LogTemplate template, TestDatabase copy, bool hasAnchors)
    {
        var log = copy.OpenLog(template.Options);
        try
        {
            if (!(await log.VerifyAsync(hasAnchors ? template.Anchors : [], Stop)).IsIntact)
            {
                return Outcome.Found;
            }
        }
        catch (StoreException)
        {
            return Outcome.Found;
        }

        LogReading reading;
        try
        {
            reading = await LogReading.OfAsync(log, copy.OpenCosts(options: template.Options), Stop);
        }
        catch (StoreException)
        {
            return Outcome.Silent;
        }

        return reading.ChangeFrom(template.Reading, template.Old, template.Other) switch
        {
            LogReading.Change.None => Outcome.WithoutEffect,
            LogReading.Change.Order => Outcome.Documented,
            LogReading.Change.Earlier or LogReading.Change.Other when !hasAnchors => Outcome.Documented,
            _ => Outcome.Silent,
        };
    }

    /// <summary>What became of a forgery.</summary>
    private enum Outcome
    {
        Refused,
        Found,
        WithoutEffect,
        Documented,
        Silent,
    }
}
