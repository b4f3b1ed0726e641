using AiObs.Cost.Pricing;

namespace AiObs.Prices;

/// <summary>The file in which the last good table is kept between runs, and its notes beside it.</summary>
/// <remarks>Both are written beside and renamed, the table first: notes that are not of the table are told by its hash.</remarks>
internal sealed class PriceCache(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    private string NotesPath => _path + ".notes";

    /// <summary>Reads what was kept; <see langword="null"/> where nothing was.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or is not what was kept.</exception>
    public CachedTable? Read()
    {
        if (!File.Exists(_path) && !File.Exists(NotesPath))
        {
            return null;
        }

        var (bytes, problem) = PriceFileBytes.Read(_path);
        if (bytes is null)
        {
            throw new InvalidDataException($"The file {problem}");
        }

        try
        {
            var notes = CacheNotes.Read(File.ReadAllLines(NotesPath));
            return notes.Hash == CacheNotes.HashOf(bytes)
                ? new(bytes, notes)
                : throw new InvalidDataException("The file is not what was written.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidDataException($"Its notes cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Keeps a table for the next run.</summary>
    /// <param name="bytes">The table; <see langword="null"/> where it is kept already.</param>
    /// <param name="notes">What is noted of it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(byte[]? bytes, CacheNotes notes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (bytes is not null)
        {
            Replace(_path, beside => File.WriteAllBytes(beside, bytes));
        }

        Replace(NotesPath, beside => File.WriteAllLines(beside, notes.ToLines()));
    }

    private static void Replace(string path, Action<string> write)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            write(beside);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
