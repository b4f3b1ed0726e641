using Microsoft.Data.Sqlite;

namespace AiObs.Storage.Sqlite;

/// <summary>Meets the case that the application brings no native SQLite, which the driver leaves to it.</summary>
internal static class NativeLibrary
{
    /// <summary>Makes a connection, not yet open.</summary>
    /// <exception cref="InvalidOperationException">There is no native library.</exception>
    public static SqliteConnection Connect(string connectionString)
    {
        try
        {
            // Asks the library for its version, which is the first call into it.
            var connection = new SqliteConnection(connectionString);
            _ = connection.ServerVersion;
            return connection;
        }
        catch (Exception exception) when (exception is not SqliteException and not ArgumentException)
        {
            throw new InvalidOperationException(
                "No native SQLite library is loaded. Add one to the application's project file: "
                + "<PackageReference Include=\"SQLitePCLRaw.bundle_e_sqlite3\" Version=\"2.*\" />",
                exception);
        }
    }
}
