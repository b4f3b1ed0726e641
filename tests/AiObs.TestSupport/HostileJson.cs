using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.TestSupport;

/// <summary>JSON that somebody else wrote, and bytes that are not quite any.</summary>
public static class HostileJson
{
    private static readonly Gen<string> Scalars = Gen.Elements(
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1E400", "-1e-400", "9223372036854775808", "79228162514264337593543950336", "123456789012345678901234567890.5",
        "\"\"", "\"a\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"2026-01-31T12:00:00Z\"", "\"=1+1\"", "\"ada@example.com\"",
        "\"0af76519-16cd-43dd-8448-eb211c80319c\"");

    private static readonly Gen<string> Names = Gen.Elements(
        "a", "b", "type", "id", "time", "data", "content", "writer", "api_key", "model", "user_id", "trace_id", "", "\\ud800", "\\u0000", "a");

    /// <summary>Gets whole documents, some of them deeper than readers go.</summary>
    public static Gen<string> Document { get; } = Gen.Frequency((9, Gen.Sized(size => Value(Math.Min(size, 5)))), (1, Deep()));

    /// <summary>Gets whole objects.</summary>
    public static Gen<string> Map { get; } = Gen.Sized(size => Members(Math.Min(size, 4)));

    /// <summary>Gets documents of which bytes were changed, cut off or put in, and bytes that never were one.</summary>
    public static Gen<byte[]> Bytes(Gen<string> documents) => Gen.Frequency(
        (2, documents.Select(Encoding.UTF8.GetBytes)),
        (4, from text in documents
            from at in Gen.Choose(0, 1_000_000)
            from way in Gen.Choose(0, 3)
            from value in Gen.Elements<byte>(0, 9, 10, 13, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x45, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xc0, 0xed, 0xff)
            select Spoil(Encoding.UTF8.GetBytes(text), at, way, value)),
        (1, Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf()));

    private static Gen<string> Value(int depth) => depth <= 0
        ? Scalars
        : Gen.Frequency(
            (3, Scalars),
            (2, Members(depth - 1)),
            (2, Gen.Sized(_ => Value(depth - 1)).ListOf(3).Select(static items => $"[{string.Join(',', items)}]")));

    private static Gen<string> Members(int depth) =>
        from names in Names.ListOf(4)
        from values in Value(depth).ListOf(4)
        from count in Gen.Choose(0, 4)
        select $"{{{string.Join(',', names.Zip(values, static (name, value) => $"\"{name}\":{value}").Take(count))}}}";

    private static Gen<string> Deep() =>
        from depth in Gen.Choose(10, 200)
        from isArray in Gen.Elements(true, false)
        select isArray
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static byte[] Spoil(byte[] bytes, int at, int way, byte value)
    {
        at %= bytes.Length + 1;
        return way switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], value, .. bytes[at..]],
            2 when at < bytes.Length => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], .. bytes[Math.Min(at + 1, bytes.Length)..]],
        };
    }
}
