using System.Security.Cryptography;

namespace AiObs.Prices;

/// <summary>Verifies who signed a price table: ECDSA over P-256 and SHA-256, with the signature in DER as <c>openssl dgst -sha256 -sign</c> writes it.</summary>
internal static class TableSignature
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Says whether a text is a key, in PEM, that signatures can be verified with.</summary>
    public static bool IsKey(string pem)
    {
        try
        {
            using var key = Read(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    public static bool Fits(string pem, byte[] bytes, byte[] signature)
    {
        using var key = Read(pem);
        try
        {
            return key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // Some platforms say so of what is no signature at all.
            return false;
        }
    }

    private static ECDsa Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
