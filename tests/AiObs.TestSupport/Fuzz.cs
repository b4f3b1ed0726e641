using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.TestSupport;

/// <summary>Runs properties on random values, on more of them where the environment asks for it.</summary>
/// <remarks>
/// <c>AIOBS_FUZZ_CASES</c> multiplies the cases of each property: 20 makes a long run. <c>AIOBS_FUZZ_SEED</c> names what they are drawn from, so that
/// a run can be repeated; without it each run draws others. The message of a failure ends with the seed to repeat it with.
/// </remarks>
public static class Fuzz
{
    /// <summary>The variable with the factor on the number of cases.</summary>
    public const string CasesVariable = "AIOBS_FUZZ_CASES";

    /// <summary>The variable with the seed.</summary>
    public const string SeedVariable = "AIOBS_FUZZ_SEED";

    // FsCheck draws from a pair of numbers, the second of them odd; one is enough to repeat a run with.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Checks what must hold for any value.</summary>
    public static void Check<T>(Action<T> holds, int cases = 100) => Check(ArbMap.Default.ArbFor<T>(), holds, cases);

    /// <summary>Checks what must hold for any value of a kind.</summary>
    public static void Check<T>(Gen<T> values, Action<T> holds, int cases = 100) => Check(values.ToArbitrary(), holds, cases);

    /// <summary>Checks what must hold for any value of a kind that knows how to become smaller.</summary>
    public static void Check<T>(Arbitrary<T> values, Action<T> holds, int cases = 100)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(holds);
        var config = Config(cases);
        try
        {
            FsCheck.Check.One(config, Prop.ForAll(values, holds));
        }
#pragma warning disable CA1031 // Whatever a property threw, the message is to name the seed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Assert.Fail(string.Create(
                CultureInfo.InvariantCulture, $"{failure.Message}{Environment.NewLine}Repeat it with {SeedVariable}={config.Replay.Value.Rnd.Seed}."));
        }
    }

    /// <summary>Returns how properties are checked that take several values. Where one fails, the first number in parentheses is the seed.</summary>
    public static Config Config(int cases = 100) => FsCheck.Config.QuickThrowOnFailure
        .WithQuietOnSuccess(true)
        .WithMaxTest((int)Math.Min((ulong)cases * (Number(CasesVariable) ?? 1), int.MaxValue))
        .WithReplay(Number(SeedVariable) ?? (ulong)Random.Shared.NextInt64(), Gamma);

    private static ulong? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;
}
