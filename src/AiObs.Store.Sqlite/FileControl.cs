using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>Asks SQLite what the driver has no method for.</summary>
internal static class FileControl
{
    // What the bundle that the package brings is called. A connection of another library must not get there.
    private const string Library = "e_sqlite3";

    private const int HasMovedOperation = 20;

    private static readonly bool IsOfDriver = raw.GetNativeLibraryName() == Library;

    /// <summary>Tells whether another file than the one that is open stands under its path, or none. Windows does not let that happen.</summary>
    public static bool HasMoved(SqliteConnection connection) =>
        IsOfDriver && sqlite3_file_control(connection.Handle!, database: 0, HasMovedOperation, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 connection, nint database, int operation, out int result);
}
