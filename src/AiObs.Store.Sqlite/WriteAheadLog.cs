using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AiObs.Store.Sqlite;

/// <summary>The write-ahead log of a database that is open.</summary>
/// <remarks>Only this file may be opened beside SQLite: closing one of the others would take away the locks that SQLite has on it.</remarks>
internal sealed class WriteAheadLog : IDisposable
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    private readonly FileInfo _file;
    private readonly SafeFileHandle _handle;

    private WriteAheadLog(string path)
    {
        _file = new FileInfo(path);
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Opens the log of a database; <see langword="null"/> where there is none.</summary>
    public static WriteAheadLog? Find(string database)
    {
        try
        {
            return new WriteAheadLog(database + "-wal");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells whether the file that was opened is still the one under its path, which everybody else opens.</summary>
    public bool IsUnderItsPath()
    {
        // Every commit changes the time, so that two files that have the same are one. Others may write between one look and the next.
        (long Length, DateTime Written)? last = null;
        while (true)
        {
            _file.Refresh();
            if (!_file.Exists)
            {
                return false;
            }

            var found = (_file.Length, _file.LastWriteTimeUtc);
            var open = Look();
            if (found == open)
            {
                return true;
            }

            if (open == last)
            {
                return false;
            }

            last = open;
        }
    }

    /// <summary>Tells whether the log has every page of the database that a file of this length does not.</summary>
    public bool Completes(long databaseLength)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (RandomAccess.Read(_handle, header, 0) < HeaderLength)
        {
            return true;
        }

        var pageSize = (long)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var stored = pageSize == 0 ? 0 : databaseLength / pageSize;
        HashSet<uint> written = [];
        var (committed, size) = (0, 0L);
        Span<byte> frame = stackalloc byte[FrameHeaderLength];
        for (var at = (long)HeaderLength; RandomAccess.Read(_handle, frame, at) == FrameHeaderLength && frame[8..16].SequenceEqual(header[16..24]); at += FrameHeaderLength + pageSize)
        {
            var page = BinaryPrimitives.ReadUInt32BigEndian(frame);
            if (page > stored)
            {
                written.Add(page);
            }

            // The last frame of a commit says how many pages the database has with it.
            if (BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) is > 0 and var pages)
            {
                (committed, size) = (written.Count, pages);
            }
        }

        return committed >= size - stored;
    }

    public void Dispose() => _handle.Dispose();

    private (long Length, DateTime Written) Look() => (RandomAccess.GetLength(_handle), File.GetLastWriteTimeUtc(_handle));
}
