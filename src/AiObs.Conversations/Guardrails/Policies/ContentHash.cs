using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Tells texts apart without keeping them: their SHA-256.</summary>
internal readonly record struct ContentHash(UInt128 High, UInt128 Low)
{
    public static ContentHash Of(string text)
    {
        ReadOnlySpan<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
