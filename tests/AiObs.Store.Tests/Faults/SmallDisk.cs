using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults;

/// <summary>Is a disk in memory that gets full, and larger or read-only on request. Only root may make one; elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    public string Path => _directory.Path;

    public static async Task<SmallDisk> MountAsync(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root on Linux can mount a disk that gets full.");
        var disk = new SmallDisk();
        var error = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk.Path);
        if (error.Length > 0)
        {
            disk._directory.Dispose();
            Assert.Skip($"This machine lets nobody mount a disk: {error}");
        }

        return disk;
    }

    /// <summary>Changes the disk, such as <c>size=8m</c> or <c>ro</c>.</summary>
    public async Task RemountAsync(string options) => Assert.Empty(await RunAsync("mount", "-o", $"remount,{options}", Path));

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(await RunAsync("umount", Path));
        _directory.Dispose();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : error;
    }
}
