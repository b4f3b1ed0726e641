using System.Diagnostics;
using System.Globalization;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.Store.Tests.Sql.Events;

namespace AiObs.Store.Tests.Faults;

/// <summary>A limit on the size of files makes real writes fail with an I/O error.</summary>
public sealed class FileSizeLimitTests(ITestOutputHelper output)
{
    private const int BatchSize = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_WritesFailAgainAndAgain_LosesNothingThatWasAcknowledged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"), "Only Linux with prlimit can limit the files of a process that runs.");
        await using var database = new SqliteTestDatabase();
        using var writer = new ChildWriter(database, first: 0, BatchSize, batchCount: 100_000);
        List<int> acknowledged = await writer.ReadAcknowledgedAsync(1, Stop);
        var rounds = Repeated.Times(ordinarily: 2);
        for (var round = 1; round <= rounds; round++)
        {
            await LimitAsync(writer, string.Create(CultureInfo.InvariantCulture, $"{round * 400_000}"));
            var (refusal, before) = await writer.ReadRefusalAsync(Stop);
            acknowledged.AddRange(before);
            Assert.Contains("what was committed is safe", refusal, StringComparison.Ordinal);
            await LimitAsync(writer, "unlimited");
            await writer.TryAgainAsync();
            acknowledged.AddRange(await writer.ReadAcknowledgedAsync(1, Stop));
        }

        acknowledged.AddRange(await writer.KillAsync(Stop));
        var log = database.OpenLog();
        var numbers = await LogReading.NumbersAsync(log);
        var lost = acknowledged.Except(numbers).Count();
        output.WriteLine($"{rounds} I/O errors, {acknowledged.Count} events acknowledged, {lost} of them lost");
        Assert.Equal(0, lost);
        Assert.Equal(numbers.Distinct(), numbers);
        await LogReading.AssertIntactAsync(log);
    }

    private static async Task LimitAsync(ChildWriter writer, string bytes)
    {
        using var limit = Process.Start("/usr/bin/prlimit", ["--pid", writer.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);
        await limit.WaitForExitAsync(Stop);
        Assert.Equal(0, limit.ExitCode);
    }
}
