using System.Diagnostics;
using System.Globalization;

namespace AiObs.TestSupport.Databases;

/// <summary>Is a real server with a data directory of its own, which only this machine's sockets reach. It ends with the object.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    // initdb and postgres refuse to run as root.
    private const string ServerAccount = "postgres";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _binaries;
    private readonly string _settings;

    private PostgreSqlServer(string binaries, string settings) => (_binaries, _settings) = (binaries, settings);

    /// <summary>Gets how to connect, as the superuser.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={_directory.Path};Username=aiobs;Database=postgres;Timeout={HangGuard.Seconds};Command Timeout={HangGuard.Seconds}");

    private static string Patience => HangGuard.Seconds.ToString(CultureInfo.InvariantCulture);

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => _directory.File("data");

    /// <summary>Makes a data directory and starts a server on it.</summary>
    /// <param name="binaries">Where the programs are; see <see cref="PostgreSqlBinaries.Find"/>.</param>
    /// <param name="settings">Settings that take the place of ours, such as <c>-c fsync=on</c>.</param>
    public static async Task<PostgreSqlServer> StartAsync(string binaries, string settings = "")
    {
        var server = new PostgreSqlServer(binaries, settings);
        try
        {
            if (IsRoot)
            {
                await RunAsync("chown", [ServerAccount, server._directory.Path]);
            }

            await server.RunAsServerAsync("initdb", ["-D", server.Data, "-A", "trust", "-U", "aiobs", "-E", "UTF8", "--locale=C", "--no-sync"]);
            await server.StartAsync();
            return server;
        }
        catch
        {
            server._directory.Dispose();
            throw;
        }
    }

    /// <summary>Stops it without a chance to clean up, and starts it again.</summary>
    public async Task CrashAndRestartAsync()
    {
        await StopAsync("immediate");
        await StartAsync();
    }

    /// <summary>Stops it and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync("fast");
        _directory.Dispose();
    }

    // The machine lives longer than the data: what the server has written outlives a server that is killed without being forced to the disk.
    // Nobody follows it, and it does not live long enough to be tidied up.
    private Task StartAsync() => RunAsServerAsync("pg_ctl",
    [
        "start", "-w", "-t", Patience, "-s", "-D", Data, "-l", _directory.File("log"),
        "-o", $"-c listen_addresses='' -c unix_socket_directories='{_directory.Path}' -c max_connections=200 "
            + $"-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off {_settings}",
    ]);

    private Task StopAsync(string mode) => RunAsServerAsync("pg_ctl", ["stop", "-w", "-t", Patience, "-s", "-D", Data, "-m", mode]);

    private Task RunAsServerAsync(string program, string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return IsRoot ? RunAsync("runuser", ["-u", ServerAccount, "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {arguments.FirstOrDefault()} failed: {await error}{await output}");
    }
}
